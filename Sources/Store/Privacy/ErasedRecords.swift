import Intake
import Postgres

/// What a merge has to see to once somebody was erased: what was counted is not counted again, and they are not asked again.
struct ErasedRecords {
    private let key: SuppressionKey
    /// Whoever has a higher number was created since.
    private let newestCustomer: Int64

    /// Keeps erasures out until the transaction ends, and looks whether there were any.
    ///
    /// - Returns: nil if nobody was erased yet.
    /// - Throws: ``SuppressionError`` if the list cannot be read for want of its key.
    static func known(key: SuppressionKey?, on connection: isolated PostgresConnection) async throws -> ErasedRecords? {
        // Statements of their own: the second has to see what was committed while the first waited.
        let results = try await connection.pipeline([
            PostgresStatement("select pg_advisory_xact_lock_shared(hashtextextended('hearback erasing', 0))"),
            PostgresStatement(lookAtSuppression, key?.hash(.key)),
        ])
        let (isUsed, isOurs, newest) = try results[1].decodeOnly(Bool.self, Bool.self, Int64.self)
        guard isUsed else { return nil }
        guard let key else { throw SuppressionError.noKey }
        guard isOurs else { throw SuppressionError.otherKey }
        return ErasedRecords(key: key, newestCustomer: newest)
    }

    /// Refuses staged complaints and interactions that are here already without their names, before anything is made of them.
    ///
    /// - Returns: How many.
    func refuse(_ kind: IntakeKind, on connection: isolated PostgresConnection) async throws -> Int {
        let (hashed, read, refuse): (SuppressionKey.Kind, StaticString, StaticString)
        switch kind {
        case .complaints:
            (hashed, read, refuse) = (.complaint, "select line, ref from staged_complaint", refuseComplaints)
        case .interactions:
            (hashed, read, refuse) = (.interaction, "select line, ref from staged_interaction", refuseInteractions)
        case .customers, .accounts, .agents, .stops, .contacts: return 0
        }
        let rows = try await connection.query(read).decode(Int64.self, String.self)
        return try await connection.query(refuse, rows.map(\.0), rows.map { key.hash(hashed, $0.1) }).affected
    }

    /// Stops those of the merged customers who were erased, by reference, e-mail or telephone.
    func stopReturned(_ kind: IntakeKind, on connection: isolated PostgresConnection) async throws {
        let merged =
            kind == .customers
            ? try await connection.query(readMergedCustomers)
            : try await connection.query(readNewCustomers, newestCustomer)
        var customers: [Int64] = []
        var hashes: [[UInt8]] = []
        for (customer, ref, email, phone, country) in try merged.decode(
            Int64.self, String.self, String?.self, String?.self, String?.self)
        {
            let known = [
                key.hash(.customer, ref), email.map { key.hash(.email, $0) },
                phone.map { key.hash(phone: $0, country: country) },
            ].compactMap(\.self)
            customers += known.map { _ in customer }
            hashes += known
        }
        if !customers.isEmpty { try await connection.query(stopErased, customers, hashes) }
    }
}

private let lookAtSuppression: StaticString = """
    select exists (select from suppression), exists (select from suppression where hash = $1),
        (select coalesce(max(customer_id), 0) from customer)
    """

/// Without its customer: nobody is created for a record that is refused.
private let refuseComplaints: StaticString = """
    update staged_complaint s
    set status = 'refused', reason = 'its customer was erased', customer = null, account = null
    from unnest($1::bigint[], $2::bytea[]) as hashed (line, hash) join suppression using (hash)
    where s.line = hashed.line
    """

private let refuseInteractions: StaticString = """
    update staged_interaction s
    set status = 'refused', reason = 'its customer was erased', customer = null, account = null
    from unnest($1::bigint[], $2::bytea[]) as hashed (line, hash) join suppression using (hash)
    where s.line = hashed.line
    """

/// One that did not change was looked at when it did.
private let readMergedCustomers: StaticString = """
    select customer_id, ref, email, phone, country from customer
    where ref in (select ref from staged_customer where status in ('created', 'updated'))
    """

private let readNewCustomers: StaticString = """
    select customer_id, ref, email, phone, country from customer where customer_id > $1
    """

/// From the beginning of time, so that trials of a policy see it too. The customer may take it back on their own page.
private let stopErased: StaticString = """
    insert into customer_stop (ref, customer_id, kind, source, starts_at)
    select distinct 'own:erased:' || customer_id, customer_id, 'opted-out', 'erased', timestamptz 'epoch'
    from unnest($1::bigint[], $2::bytea[]) as hashed (customer_id, hash) join suppression using (hash)
    on conflict (ref) do nothing
    """
