"""Reads e-mails as a mail program would and writes what it found as JSON.

Standard input is a JSON list of messages, each in base64.
"""

import base64
import email
import email.header
import email.policy
import email.utils
import json
import sys


def sender(data):
    """The sender's name and address, by the older parser: the newer one puts spaces between encoded words of a name."""
    header = email.message_from_bytes(data)["From"].replace("\r\n", "")
    name, address = email.utils.parseaddr(header)
    return str(email.header.make_header(email.header.decode_header(name))), address


def read(data):
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = list(message.iter_parts())
    name, address = sender(data)
    without_line_ends = data.replace(b"\r\n", b"")
    return {
        "defects": [str(defect) for part in message.walk() for defect in part.defects]
        + [str(defect) for _, value in message.items() for defect in value.defects],
        "headers": [[name, str(value)] for name, value in message.items()],
        "fromName": name,
        "fromAddress": address,
        "recipients": [address.addr_spec for address in message["To"].addresses],
        "date": message["Date"].datetime.isoformat(),
        "contentType": message.get_content_type(),
        "partTypes": [part.get_content_type() for part in parts],
        "charsets": [part.get_content_charset() for part in parts],
        "plain": parts[0].get_content().replace("\r\n", "\n"),
        "html": parts[1].get_content().replace("\r\n", "\n"),
        "longestLine": max(len(line) for line in data.split(b"\r\n")),
        "strayLineEnds": without_line_ends.count(b"\n") + without_line_ends.count(b"\r"),
        "isASCII": data.isascii(),
    }


json.dump([read(base64.b64decode(message)) for message in json.load(sys.stdin)], sys.stdout)
