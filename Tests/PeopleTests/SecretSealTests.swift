import Crypto
import Testing

@testable import People

@Suite struct SecretSealTests {
    private let secret: [UInt8] = Array(1...20)

    private func key(_ byte: UInt8) -> SymmetricKey { SymmetricKey(data: [UInt8](repeating: byte, count: 32)) }

    private func seal(_ numbers: UInt8...) throws -> SecretSeal {
        let keys = Dictionary(uniqueKeysWithValues: numbers.map { ($0, key($0)) })
        return try #require(SecretSeal(keys, codeKeys: keys.mapValues { _ in key(99) }))
    }

    @Test func whatIsSealedOpensForItsPersonOnly() throws {
        let seal = try seal(1)
        let stored = try seal.seal(secret, of: 7)
        #expect(stored.count == 50 && seal.open(stored, of: 7) == secret && seal.open(stored, of: 8) == nil)
        #expect(try seal.seal(secret, of: 7) != stored)
        for index in stored.indices {
            var changed = stored
            changed[index] ^= 1
            #expect(seal.open(changed, of: 7) == nil)
        }
        for count in 0..<stored.count where count != 20 {
            #expect(seal.open(Array(stored.prefix(count)), of: 7) == nil)
        }
    }

    @Test func anOlderKeyStillOpensAndANewerOneSeals() throws {
        let old = try seal(1).seal(secret, of: 7)
        let both = try seal(1, 2)
        #expect(both.open(old, of: 7) == secret && !both.isCurrent(old))
        let new = try both.seal(secret, of: 7)
        #expect(both.isCurrent(new) && new != old)
        #expect(try seal(2).open(new, of: 7) == secret)
        #expect(try seal(2).open(old, of: 7) == nil)
    }

    @Test func whatIsFromBeforeThereWereKeysIsReadAsItIs() throws {
        #expect(try seal(1).open(secret, of: 7) == secret)
        #expect(try !seal(1).isCurrent(secret))
        #expect(SecretSeal([:], codeKeys: [:]) == nil && SecretSeal([1: key(1)], codeKeys: [2: key(1)]) == nil)
    }
}
