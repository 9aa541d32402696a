-- Who may call the API. Only a hash of the secret is kept.
create table api_key (
    api_key_id     int generated always as identity primary key,
    name           text not null constraint api_key_name_length check (length(name) between 1 and 120),
    secret_sha256  bytea not null constraint api_key_secret_is_unique unique,
    created_at     timestamptz not null,
    revoked_at     timestamptz
);

-- Replies already given, so that a repeated request gets the same one.
create table idempotent_reply (
    api_key_id      int not null constraint idempotent_reply_key_exists references api_key,
    key             text not null constraint idempotent_reply_key_length check (length(key) between 1 and 255),
    request_sha256  bytea not null,
    status          smallint not null,
    body            bytea not null,
    created_at      timestamptz not null,
    primary key (api_key_id, key)
);
create index idempotent_reply_by_time on idempotent_reply (created_at);
