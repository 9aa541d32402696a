import Foundation
import Postgres

extension Store {
    /// Whether anything is held of somebody who is known by a reference and was not erased.
    public func knowsCustomer(_ ref: String) async throws -> Bool {
        try await pool.query("select exists (select from customer where ref = $1 and not is_erased)", ref)
            .decodeOnly(Bool.self)
    }

    /// All that is held about a customer, as one JSON object: a list for each table, with every column.
    ///
    /// The rows are as they all were at one moment; instants are in UTC. What has a name of its own elsewhere (teams, topics and so on) is
    /// named at the end.
    ///
    /// The record names the customer by number: after an erasure it leads to nobody.
    ///
    /// - Returns: nil if there is no such customer.
    public func exportCustomer(_ ref: String, by actor: Actor, now: Date) async throws -> JSONB? {
        try await pool.transaction { connection in
            let customer = try await connection.query("select customer_id from customer where ref = $1", ref)
                .decodeFirst(Int64.self)
            guard let customer else { return nil }
            let export = try await connection.query(exportOfCustomer, ref).decodeFirst(JSONB.self)
            let event = AuditEvent("customer.export", of: "customer \(customer)")
            try await connection.query(.record(event, by: actor, now: now))
            return export
        }
    }
}

/// Whole rows: a column that a later migration adds is in it by itself.
private let exportOfCustomer: StaticString = """
    with c as materialized (
        select * from customer where ref = $1
    ), complaints as materialized (
        select k.* from c join complaint k using (customer_id)
    ), interactions as materialized (
        select n.* from c cross join lateral interactions_about(c.customer_id) n
    ), resolutions as materialized (
        select r.* from complaints join resolution r using (complaint_id)
        union all
        select r.* from interactions join resolution r using (interaction_id)
    ), invitations as materialized (
        select i.* from c join invitation i using (customer_id)
    ), messages as materialized (
        select m.* from invitations join message m using (invitation_id)
    ), deliveries as materialized (
        select d.* from messages join delivery d using (message_id)
    )
    select json_build_object(
        'customer', to_json(c),
        'customer_choice', array(
            select to_json(t) from customer_choice t where t.customer_id = c.customer_id order by customer_choice_id),
        'customer_stop', array(
            select to_json(t) from customer_stop t where t.customer_id = c.customer_id order by customer_stop_id),
        'suspended_address', array(
            select to_json(t) from suspended_address t
            where address in (
                select lower(c.email) union all select c.phone union all select lower(address) from deliveries)
            order by address),
        'reported_contact', array(
            select to_json(t) from reported_contact t where t.customer_id = c.customer_id order by reported_contact_id),
        'account', array(select to_json(t) from account t where t.customer_id = c.customer_id order by account_id),
        'interaction', array(select to_json(t) from interactions t order by interaction_id),
        'complaint', array(select to_json(t) from complaints t order by complaint_id),
        'complaint_change', array(
            select to_json(t) from complaints join complaint_change t using (complaint_id)
            order by complaint_id, t.sequence),
        'resolution', array(select to_json(t) from resolutions t order by resolution_id),
        'hold', array(
            select to_json(t) from resolutions join hold t using (resolution_id) order by resolution_id, held_at),
        'decision', array(
            select to_json(t) from resolutions join decision t using (resolution_id) order by resolution_id),
        'invitation', array(select to_json(t) from invitations t order by invitation_id),
        'message', array(select to_json(t) from messages t order by message_id),
        'delivery', array(select to_json(t) from deliveries t order by delivery_id),
        'texted_answer', array(
            select to_json(t) from invitations join texted_answer t using (invitation_id) order by invitation_id),
        'response', array(
            select to_json(t) from invitations join response t using (invitation_id) order by invitation_id),
        'follow_up', array(
            select to_json(t) from invitations join follow_up t using (invitation_id) order by follow_up_id),
        'comment_release', array(
            select to_json(t) from invitations join comment_release t using (invitation_id) order by invitation_id),
        'objection', array(
            select to_json(t) from invitations join objection t using (invitation_id) order by objection_id),
        'objection_decision', array(
            select to_json(t) from invitations join objection o using (invitation_id)
                join objection_decision t using (objection_id)
            order by objection_id),
        'exclusion', array(
            select to_json(t) from invitations join exclusion t using (invitation_id) order by invitation_id),
        'names', json_build_object(
            'team', (select json_object_agg(team_id, ref) from team where team_id in (
                select team_id from interactions union select team_id from complaints)),
            'portfolio', (select json_object_agg(portfolio_id, ref) from portfolio where portfolio_id in (
                select portfolio_id from interactions union select portfolio_id from complaints
                union select portfolio_id from account a where a.customer_id = c.customer_id)),
            'topic', (select json_object_agg(topic_id, name) from topic where topic_id in (
                select topic_id from interactions union select topic_id from complaints)),
            'survey_version', (
                select json_object_agg(survey_version_id, definition) from survey_version
                where survey_version_id in (select survey_version_id from invitations))))
    from c
    """
