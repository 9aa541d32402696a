import Foundation
import Testing

@Suite struct VectorCoverageTests {
    @Test func everyKeyOfTheVectorFileIsReadByATestHereOrNamedAsAnotherModules() throws {
        let data = try Vectors.data()
        let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let mine = file.filter { !Vectors.keysOfOtherModules.contains($0.key) }
        let decoded = try JSONSerialization.jsonObject(with: JSONEncoder().encode(try Vectors.load()))

        #expect(keyPaths(mine) == keyPaths(decoded))
        #expect(Vectors.keysOfOtherModules.isSubset(of: file.keys))
    }

    @Test func aKeyNobodyReadsIsFoundAtAnyDepth() {
        let known: [String: Any] = ["nps": [["score": 1], ["score": 2]]]
        let deeper: [String: Any] = ["nps": [["score": 1], ["score": 2, "new": 3]]]
        #expect(keyPaths(deeper).subtracting(keyPaths(known)) == ["nps.new"])
    }

    private func keyPaths(_ value: Any, under prefix: String = "") -> Set<String> {
        if let list = value as? [Any] {
            return list.reduce(into: []) { $0.formUnion(keyPaths($1, under: prefix)) }
        }
        guard let object = value as? [String: Any] else { return [] }
        return object.reduce(into: []) { paths, member in
            let path = prefix.isEmpty ? member.key : "\(prefix).\(member.key)"
            paths.insert(path)
            paths.formUnion(keyPaths(member.value, under: path))
        }
    }
}
