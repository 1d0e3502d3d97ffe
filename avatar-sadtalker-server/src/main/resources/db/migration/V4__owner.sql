-- Works on H2 and on PostgreSQL.

-- Who submitted the job: the name of an API key, or 'anonymous'. Jobs and keys from before have '', and are everybody's.
alter table avatar_job add column owner varchar(64) default '' not null;

-- Each owner has idempotency keys of their own. The table is made anew: databases disagree on how to change a primary key.
create table avatar_job_owned_key (
    key_text    varchar(300)             not null,
    owner       varchar(64)              default '' not null,
    job_id      varchar(64)              not null,
    fingerprint varchar(64)              not null,
    created_at  timestamp with time zone not null,
    primary key (key_text, owner)
);

insert into avatar_job_owned_key (key_text, job_id, fingerprint, created_at)
select key_text, job_id, fingerprint, created_at from avatar_job_key;

drop table avatar_job_key;
alter table avatar_job_owned_key rename to avatar_job_key;

create index avatar_job_key_by_job on avatar_job_key (job_id);
create index avatar_job_key_by_creation on avatar_job_key (created_at);
