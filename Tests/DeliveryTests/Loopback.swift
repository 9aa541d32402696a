import Foundation

/// A socket that listens on the loopback interface and never answers anybody.
final class SilentListener {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = self.descriptor
        let isListening = withUnsafeMutableBytes(of: &address) { bytes -> Bool in
            guard let pointer = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress else { return false }
            return bind(descriptor, pointer, size) == 0 && listen(descriptor, 5) == 0
                && getsockname(descriptor, pointer, &size) == 0
        }
        port = UInt16(bigEndian: address.sin_port)
        guard isListening else { throw SinkFailure() }
    }

    deinit {
        close(descriptor)
    }
}

/// A port at which nobody listens.
func unusedPort() throws -> UInt16 {
    try SilentListener().port
}
