"""Writes Sources/Feedback/Zones/phone-zones.txt from the package phonenumbers (a port of libphonenumber).

Run it with the package installed: python3 Scripts/phone-zones.py
"""

import pathlib
import random
import re

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, SUPPORTED_REGIONS
from phonenumbers.phonenumberutil import _GEO_MOBILE_COUNTRIES
from phonenumbers.tzdata import TIMEZONE_DATA

TARGET = pathlib.Path(__file__).parent.parent / "Sources/Feedback/Zones/phone-zones.txt"
HEAD = f"""\
# Time zones by telephone prefix and calling codes by country, from libphonenumber's data (https://github.com/google/libphonenumber, \
Apache License 2.0) as in phonenumbers {phonenumbers.__version__} on PyPI; written by Scripts/phone-zones.py, with the zones of mobile numbers widened.
# A country: ISO 3166 code, calling code, trunk prefix. Zones: their names, the prefixes that have them. The longest prefix decides.
"""
# How many digits behind the calling code are examined, and how many numbers are tried with them.
DEPTH, SAMPLES = 3, 200


def patterns(kinds):
    return [re.compile(kind.national_number_pattern) for kind in kinds if kind and kind.national_number_pattern]


class Plan:
    """The numbers of one calling code, which several countries may share."""

    def __init__(self, code):
        self.placed, self.personal, self.lengths = [], [], set()
        for country in COUNTRY_CODE_TO_REGION_CODE[code]:
            metadata = PhoneMetadata.metadata_for_region(country)
            personal = [metadata.voip, metadata.personal_number]
            placed = [metadata.fixed_line]
            (placed if code in _GEO_MOBILE_COUNTRIES else personal).append(metadata.mobile)
            self.placed += patterns(placed)
            self.personal += patterns(personal)
            self.lengths.update(metadata.general_desc.possible_length)

    def unplaced(self, start=""):
        """The shortest prefixes of numbers that belong to no place, and whether any number with this start does."""
        if len(start) == DEPTH:
            kinds = self.sampled(start)
            return ([start] if kinds == {False} else []), True in kinds
        parts = [self.unplaced(start + digit) for digit in "0123456789"]
        prefixes = [prefix for found, _ in parts for prefix in found]
        has_placed = any(placed for _, placed in parts)
        return ([start] if start and prefixes and not has_placed else prefixes), has_placed

    def sampled(self, start):
        """{True} if a number with this start belongs to a place, {False} if none does, {} if there are no such numbers."""
        chance = random.Random(start)
        kinds = set()
        for length in sorted(self.lengths):
            for _ in range(SAMPLES):
                number = start + "".join(chance.choices("0123456789", k=length - len(start)))
                if any(kind.fullmatch(number) for kind in self.placed):
                    return {True}
                if any(kind.fullmatch(number) for kind in self.personal):
                    kinds.add(False)
        return kinds


def lookup(table, prefix):
    while prefix and prefix not in table:
        prefix = prefix[:-1]
    return table.get(prefix, ())


def widen(table):
    """Gives numbers that belong to no place the zones of the next shorter prefix that has several.

    The data names one zone for them, the most likely one (+61 4 is Sydney), since the library reads it for numbers with a
    place only. Area codes of +1 stay, as mobile numbers have them too.
    """
    for code in sorted(COUNTRY_CODE_TO_REGION_CODE):
        if code == 1 or len(table.get(str(code), ())) < 2:
            continue
        prefixes, _ = Plan(code).unplaced()
        for start in prefixes:
            prefix = f"{code}{start}"
            wider = prefix
            while len(lookup(table, wider)) < 2:
                wider = wider[:-1]
            zones = lookup(table, wider)
            for longer in [other for other in table if other.startswith(prefix)]:
                del table[longer]
            table[prefix] = zones


def main():
    table = dict(TIMEZONE_DATA)
    widen(table)
    lines = []
    for country in sorted(SUPPORTED_REGIONS):
        metadata = PhoneMetadata.metadata_for_region(country)
        lines.append("\t".join([country, str(metadata.country_code), metadata.national_prefix or ""]))
    prefixes = {}
    for prefix in sorted(table):
        if lookup(table, prefix[:-1]) != table[prefix]:
            prefixes.setdefault(table[prefix], []).append(prefix)
    lines += [" ".join(zones) + "\t" + " ".join(prefixes[zones]) for zones in sorted(prefixes)]
    TARGET.write_text(HEAD + "\n".join(lines) + "\n")


main()
