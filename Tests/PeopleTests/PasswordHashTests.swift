import Testing

@testable import People

@Suite struct PasswordHashTests {
    let password: Password
    let stored = "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$zf07uTieg/gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYo"

    init() throws {
        password = try #require(Password("correct horse battery staple"))
    }

    @Test func theHashOfRFC7914IsGiven() throws {
        // Section 12, third vector: its first 32 bytes are what a hash of that length is.
        let hash = try PasswordHash(
            of: try #require(Password("pleaseletmein")), cost: 14, salt: Array("SodiumChloride".utf8))
        #expect(hash.text.hasSuffix("$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI"))
    }

    @Test func aHashIsWrittenWithItsCostAndSalt() throws {
        var generator = CountingGenerator()
        #expect(try PasswordHash(of: password, cost: 10, using: &generator).text == stored)
    }

    @Test func aStoredHashFitsItsPasswordOnly() throws {
        let hash = try #require(PasswordHash(stored))
        #expect(hash.text == stored)
        #expect(try hash.matches(password))
        for other in ["correct horse battery staple ", "Correct horse battery staple", "correct horse battery stapl"] {
            #expect(try !hash.matches(try #require(Password(other))))
        }
    }

    @Test func twoHashesOfOnePasswordDiffer() throws {
        var generator = SystemRandomNumberGenerator()
        let first = try PasswordHash(of: password, cost: 4, using: &generator)
        let second = try PasswordHash(of: password, cost: 4, using: &generator)
        #expect(first.text != second.text)
        #expect(try first.matches(password))
        #expect(try second.matches(password))
    }

    @Test func onePasswordInTwoSpellingsOfUnicodeFits() throws {
        var generator = SystemRandomNumberGenerator()
        let composed = try #require(Password("caf\u{E9} \u{1E69} \u{AC00}"))
        let decomposed = try #require(Password("cafe\u{301} s\u{307}\u{323} \u{1100}\u{1161}"))
        let hash = try PasswordHash(of: composed, cost: 4, using: &generator)
        #expect(try hash.matches(decomposed))
    }

    @Test func compatibleCharactersAreNotTakenForEachOther() throws {
        var generator = SystemRandomNumberGenerator()
        let hash = try PasswordHash(of: try #require(Password("\u{FB01}ve")), cost: 4, using: &generator)
        #expect(try !hash.matches(try #require(Password("five"))))
    }

    @Test func everyByteOfAPasswordCounts() throws {
        var generator = SystemRandomNumberGenerator()
        let hash = try PasswordHash(of: try #require(Password("before\0after")), cost: 4, using: &generator)
        #expect(try !hash.matches(try #require(Password("before\0other"))))
        let long = String(repeating: "x", count: 255)
        let longHash = try PasswordHash(of: try #require(Password(long + "y")), cost: 4, using: &generator)
        #expect(try !longHash.matches(try #require(Password(long + "z"))))
    }

    @Test(arguments: [1, 10, 16, 20])
    func costsFromOneToTwentyAreRead(cost: Int) throws {
        let hash = try #require(PasswordHash(stored.replacing("ln=10", with: "ln=\(cost)")))
        #expect(hash.needsRehash == (cost < 17))
    }

    @Test(arguments: [
        "ln=21", "ln=0", "ln=-1", "ln=+10", "ln=010", "ln=", "ln=10.0", "ln=9223372036854775808", "ln=1e1", "LN=10",
        "ln= 10", "ln=١٠", "nl=10", "10",
    ])
    func strangeCostsAreRefused(cost: String) {
        #expect(PasswordHash(stored.replacing("ln=10", with: cost)) == nil)
    }

    @Test(arguments: [
        "r=8,p=2", "r=16,p=1", "r=8", "p=1,r=8", "r=8,p=1,x=1", "r=08,p=1", "r=8,p=4294967296", "r=8, p=1", "",
    ])
    func otherParametersAreRefused(parameters: String) {
        #expect(PasswordHash(stored.replacing("r=8,p=1", with: parameters)) == nil)
    }

    @Test(arguments: [
        "", "$", "$$$$", "$scrypt$ln=10,r=8,p=1$$", "password", "$argon2id$v=19$m=65536,t=3,p=4$AQID$AQID",
        // Padding, a short salt, a long salt, another alphabet, bits beyond the last byte.
        "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA==$zf07uTieg/gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYo=",
        "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4P$zf07uTieg/gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYo",
        "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEBA$zf07uTieg/gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYo",
        "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$zf07uTieg_gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYo",
        "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEB$zf07uTieg/gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYo",
        "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$zf07uTieg/gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYp",
        "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$zf07uTieg/gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYo$",
        " $scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$zf07uTieg/gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYo",
        "$scrypt$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$zf07uTieg/gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYo\n",
        "$SCRYPT$ln=10,r=8,p=1$AQIDBAUGBwgJCgsMDQ4PEA$zf07uTieg/gRB8YLLpZaGRtHRypFURBaNb9IDWu4oYo",
        String(repeating: "$", count: 1_000_000),
    ])
    func whatIsNoHashIsRefused(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test func theDummyHasTheCostOfNewHashesAndNoPassword() throws {
        #expect(PasswordHash.dummy().text.hasPrefix("$scrypt$ln=17,r=8,p=1$"))
        #expect(!PasswordHash.dummy().needsRehash)
        #expect(try !PasswordHash.dummy(cost: 4).matches(password))
    }
}
