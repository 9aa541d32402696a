import Intake
import Postgres

/// The temporary table that a kind's records are copied into before they are merged, and the statements around it.
///
/// Its columns are `line`, then the kind's fields in their order. `status` and `reason` are filled by the merge. The table lives as
/// long as the connection.
struct Staging {
    /// Makes the table, or empties the one of an earlier batch or transaction.
    let prepare: String
    let copy: StaticString
    let analyze: StaticString
    let statuses: StaticString
    /// Refuses what many rounds have not merged.
    let refuseRest: StaticString

    init(_ kind: IntakeKind) {
        switch kind {
        case .customers:
            prepare = """
                create temporary table if not exists staged_customer (
                    line bigint, ref text, language text, time_zone text, segment text, email text, phone text, name text,
                    street text, city text, postcode text, country text, region text, email_basis email_basis,
                    email_basis_at timestamptz, work_email boolean, sms_consent_at timestamptz,
                    preferred_channel survey_channel, not_on text, contact_hours text, status text, reason text
                );
                truncate staged_customer
                """
            copy = """
                copy staged_customer
                    (line, ref, language, time_zone, segment, email, phone, name, street, city, postcode, country, region,
                     email_basis, email_basis_at, work_email, sms_consent_at, preferred_channel, not_on, contact_hours)
                from stdin
                """
            analyze = "analyze staged_customer"
            statuses = "select line, ref, status, reason from staged_customer order by line"
            refuseRest = """
                update staged_customer set status = 'refused', reason = 'its ref stands in too many rows before it; is the right column mapped?'
                where status is null
                """
        case .accounts:
            prepare = """
                create temporary table if not exists staged_account (
                    line bigint, ref text, customer text, portfolio text, status text, reason text
                );
                truncate staged_account
                """
            copy = "copy staged_account (line, ref, customer, portfolio) from stdin"
            analyze = "analyze staged_account"
            statuses = "select line, ref, status, reason from staged_account order by line"
            refuseRest = """
                update staged_account set status = 'refused', reason = 'its ref stands in too many rows before it; is the right column mapped?'
                where status is null
                """
        case .agents:
            prepare = """
                create temporary table if not exists staged_agent (
                    line bigint, ref text, name text, team text, active boolean, status text, reason text
                );
                truncate staged_agent
                """
            copy = "copy staged_agent (line, ref, name, team, active) from stdin"
            analyze = "analyze staged_agent"
            statuses = "select line, ref, status, reason from staged_agent order by line"
            refuseRest = """
                update staged_agent set status = 'refused', reason = 'its ref stands in too many rows before it; is the right column mapped?'
                where status is null
                """
        case .complaints:
            prepare = """
                create temporary table if not exists staged_complaint (
                    line bigint, ref text, customer text, account text, portfolio text, agent text, topic text,
                    channel contact_channel, received_at timestamptz, state complaint_state, state_at timestamptz,
                    outcome text, status text, reason text
                );
                truncate staged_complaint
                """
            copy = """
                copy staged_complaint
                    (line, ref, customer, account, portfolio, agent, topic, channel, received_at, state, state_at, outcome)
                from stdin
                """
            analyze = "analyze staged_complaint"
            statuses = "select line, ref, status, reason from staged_complaint order by line"
            refuseRest = """
                update staged_complaint set status = 'refused', reason = 'its ref stands in too many rows before it; is the right column mapped?'
                where status is null
                """
        case .interactions:
            prepare = """
                create temporary table if not exists staged_interaction (
                    line bigint, ref text, contact text, customer text, account text, portfolio text, agent text,
                    complaint text, channel contact_channel, direction contact_direction, queue text, topic text,
                    outcome contact_outcome, handled boolean, planned boolean, started_at timestamptz,
                    ended_at timestamptz, talk_seconds int, hold_seconds int, wrap_seconds int,
                    status text, reason text
                );
                truncate staged_interaction
                """
            copy = """
                copy staged_interaction
                    (line, ref, contact, customer, account, portfolio, agent, complaint, channel, direction, queue, topic,
                     outcome, handled, planned, started_at, ended_at, talk_seconds, hold_seconds, wrap_seconds)
                from stdin
                """
            analyze = "analyze staged_interaction"
            statuses = "select line, ref, status, reason from staged_interaction order by line"
            refuseRest = """
                update staged_interaction set status = 'refused', reason = 'its ref stands in too many rows before it; is the right column mapped?'
                where status is null
                """
        case .stops:
            prepare = """
                create temporary table if not exists staged_stop (
                    line bigint, ref text, customer text, kind text, source text, starts_at timestamptz, ends_at timestamptz,
                    status text, reason text
                );
                truncate staged_stop
                """
            copy = "copy staged_stop (line, ref, customer, kind, source, starts_at, ends_at) from stdin"
            analyze = "analyze staged_stop"
            statuses = "select line, ref, status, reason from staged_stop order by line"
            refuseRest = """
                update staged_stop set status = 'refused', reason = 'its ref stands in too many rows before it; is the right column mapped?'
                where status is null
                """
        case .contacts:
            prepare = """
                create temporary table if not exists staged_contact (
                    line bigint, ref text, customer text, channel contact_channel, contacted_at timestamptz,
                    status text, reason text
                );
                truncate staged_contact
                """
            copy = "copy staged_contact (line, ref, customer, channel, contacted_at) from stdin"
            analyze = "analyze staged_contact"
            statuses = "select line, ref, status, reason from staged_contact order by line"
            refuseRest = """
                update staged_contact set status = 'refused', reason = 'its ref stands in too many rows before it; is the right column mapped?'
                where status is null
                """
        }
    }
}
