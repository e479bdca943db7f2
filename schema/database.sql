-- Printed from the catalog by "npm run schema"; made by the files in migrations.

CREATE EXTENSION btree_gist;

CREATE TABLE api_client (
  id uuid NOT NULL,
  owner_id uuid NOT NULL,
  scopes text[] DEFAULT '{}'::text[] NOT NULL,
  persisted_only boolean DEFAULT false NOT NULL,
  per_minute integer NOT NULL,
  per_day integer,
  expires_at timestamp(3) with time zone,
  creator_id uuid NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  last_used_at timestamp(3) with time zone,
  last_address text,
  CONSTRAINT api_client_per_day_check CHECK (((per_day >= 1) AND (per_day <= 1000000000))),
  CONSTRAINT api_client_per_minute_check CHECK (((per_minute >= 1) AND (per_minute <= 1000000))),
  CONSTRAINT api_client_pkey PRIMARY KEY (id)
);

CREATE TABLE api_secret (
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT api_secret_hash_check CHECK ((octet_length(hash) = 32)),
  CONSTRAINT api_secret_hash_key UNIQUE (hash),
  CONSTRAINT api_secret_pkey PRIMARY KEY (id)
);

CREATE TABLE app_user (
  id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  active boolean DEFAULT true NOT NULL,
  time_zone text DEFAULT 'UTC'::text NOT NULL,
  password_hash text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
  external_id text,
  language text DEFAULT 'EN'::text NOT NULL,
  closed_by_directory boolean DEFAULT false NOT NULL,
  link_until timestamp(3) with time zone,
  CONSTRAINT app_user_email_check CHECK (((email = lower(email)) AND (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text))),
  CONSTRAINT app_user_email_key UNIQUE (email),
  CONSTRAINT app_user_external_id_check CHECK ((external_id <> ''::text)),
  CONSTRAINT app_user_external_id_key UNIQUE (external_id),
  CONSTRAINT app_user_language_check CHECK ((language = ANY (ARRAY['EN'::text, 'DE'::text, 'FR'::text, 'ES'::text]))),
  CONSTRAINT app_user_name_check CHECK ((name <> ''::text)),
  CONSTRAINT app_user_pkey PRIMARY KEY (id),
  CONSTRAINT app_user_role_check CHECK ((role = ANY (ARRAY['ADMINISTRATOR'::text, 'MANAGER'::text, 'MEMBER'::text, 'GUEST'::text])))
);

CREATE TABLE approval (
  reservation_id uuid NOT NULL,
  steps jsonb NOT NULL,
  step integer DEFAULT 0 NOT NULL,
  asked_back boolean DEFAULT false NOT NULL,
  remind_at timestamp(3) with time zone,
  asked_at timestamp(3) with time zone NOT NULL,
  escalate_at timestamp(3) with time zone,
  escalated boolean DEFAULT false NOT NULL,
  CONSTRAINT approval_check CHECK (((step >= 0) AND (step <= jsonb_array_length(steps)))),
  CONSTRAINT approval_pkey PRIMARY KEY (reservation_id),
  CONSTRAINT approval_steps_check CHECK (((jsonb_typeof(steps) = 'array'::text) AND (jsonb_array_length(steps) > 0)))
);

CREATE TABLE approval_word (
  id uuid NOT NULL,
  reservation_id uuid NOT NULL,
  step integer NOT NULL,
  user_id uuid NOT NULL,
  for_id uuid,
  kind text NOT NULL,
  words text DEFAULT ''::text NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  CONSTRAINT approval_word_kind_check CHECK ((kind = ANY (ARRAY['APPROVED'::text, 'REJECTED'::text, 'ASKED_BACK'::text, 'ANSWERED'::text]))),
  CONSTRAINT approval_word_pkey PRIMARY KEY (id)
);

CREATE TABLE attachment (
  id uuid NOT NULL,
  reservation_id uuid NOT NULL,
  uploader_id uuid NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  size integer NOT NULL,
  file_key uuid,
  sha256 bytea,
  upload_hash bytea,
  upload_until timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT attachment_name_check CHECK ((name <> ''::text)),
  CONSTRAINT attachment_pkey PRIMARY KEY (id),
  CONSTRAINT attachment_sha256_check CHECK ((octet_length(sha256) = 32)),
  CONSTRAINT attachment_size_check CHECK ((size > 0)),
  CONSTRAINT attachment_state CHECK (((num_nonnulls(file_key, sha256) = ANY (ARRAY[0, 2])) AND (num_nonnulls(upload_hash, upload_until) = ANY (ARRAY[0, 2])) AND ((file_key IS NULL) = (upload_hash IS NOT NULL)))),
  CONSTRAINT attachment_type_check CHECK ((type <> ''::text)),
  CONSTRAINT attachment_upload_hash_check CHECK ((octet_length(upload_hash) = 32)),
  CONSTRAINT attachment_upload_key UNIQUE (upload_hash)
);

CREATE TABLE audit (
  id uuid NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  actor_id uuid,
  action text NOT NULL,
  subject_id uuid,
  before jsonb,
  after jsonb,
  request_id text,
  act_id uuid,
  undoes uuid,
  source jsonb,
  xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
  CONSTRAINT audit_pkey PRIMARY KEY (id)
);

CREATE TABLE audit_chain (
  one boolean DEFAULT true NOT NULL,
  number bigint NOT NULL,
  hash bytea NOT NULL,
  xid xid8 NOT NULL,
  audit_id uuid NOT NULL,
  cluster bigint NOT NULL,
  base_number bigint NOT NULL,
  base_hash bytea NOT NULL,
  bare_number bigint DEFAULT 0 NOT NULL,
  CONSTRAINT audit_chain_one_check CHECK (one),
  CONSTRAINT audit_chain_pkey PRIMARY KEY (one)
);

CREATE TABLE audit_link (
  number bigint NOT NULL,
  audit_id uuid NOT NULL,
  salt bytea,
  digest bytea NOT NULL,
  hash bytea NOT NULL,
  redacts boolean DEFAULT false NOT NULL,
  CONSTRAINT audit_link_digest_check CHECK ((octet_length(digest) = 32)),
  CONSTRAINT audit_link_hash_check CHECK ((octet_length(hash) = 32)),
  CONSTRAINT audit_link_pkey PRIMARY KEY (number)
);

CREATE TABLE care (
  resource_id uuid,
  place_id uuid,
  user_id uuid,
  group_id uuid,
  CONSTRAINT care_by_one CHECK ((num_nonnulls(user_id, group_id) = 1)),
  CONSTRAINT care_key UNIQUE NULLS NOT DISTINCT (resource_id, place_id, user_id, group_id),
  CONSTRAINT care_of_one CHECK ((num_nonnulls(resource_id, place_id) = 1)),
  CONSTRAINT care_people CHECK (((resource_id IS NULL) OR (user_id IS NULL)))
);

CREATE TABLE challenge (
  hash bytea NOT NULL,
  purpose text NOT NULL,
  user_id uuid,
  password_hash text,
  facts jsonb,
  created_at timestamp(3) with time zone NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT challenge_pkey PRIMARY KEY (hash)
);

CREATE TABLE claim (
  reservation_id uuid NOT NULL,
  resource_id uuid NOT NULL,
  pooled boolean NOT NULL,
  quantity integer DEFAULT 1 NOT NULL,
  occupied tstzrange NOT NULL,
  occupies_until timestamp(3) with time zone NOT NULL,
  occupies boolean GENERATED ALWAYS AS ((occupies_until > '-infinity'::timestamp with time zone)) STORED NOT NULL,
  vacated tstzrange,
  kind text DEFAULT 'OWN'::text NOT NULL,
  judged_by bigint,
  CONSTRAINT claim_exclusive_quantity CHECK ((pooled OR (quantity = 1))),
  CONSTRAINT claim_kind_check CHECK ((kind = ANY (ARRAY['OWN'::text, 'PART'::text, 'SHADE'::text]))),
  CONSTRAINT claim_never_twice EXCLUDE USING gist (resource_id WITH =, occupied WITH &&) WHERE ((occupies AND (NOT pooled) AND (kind <> 'SHADE'::text))),
  CONSTRAINT claim_pkey PRIMARY KEY (reservation_id, resource_id),
  CONSTRAINT claim_quantity_check CHECK ((quantity >= 1)),
  CONSTRAINT claim_span CHECK (((NOT isempty(occupied)) AND (NOT lower_inf(occupied)) AND (NOT upper_inf(occupied)) AND lower_inc(occupied) AND (NOT upper_inc(occupied)) AND isfinite(lower(occupied)) AND isfinite(upper(occupied))))
);

CREATE TABLE closing (
  id uuid NOT NULL,
  number bigint NOT NULL,
  actor_id uuid NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  resource_id uuid,
  type_id uuid,
  place_id uuid,
  former jsonb NOT NULL,
  undone_at timestamp(3) with time zone,
  CONSTRAINT closing_number_key UNIQUE (number),
  CONSTRAINT closing_pkey PRIMARY KEY (id),
  CONSTRAINT closing_scope CHECK ((num_nonnulls(resource_id, type_id, place_id) <= 1))
);

CREATE TABLE closure (
  id uuid NOT NULL,
  title text NOT NULL,
  resource_id uuid,
  type_id uuid,
  place_id uuid,
  starts_local timestamp(3) without time zone NOT NULL,
  ends_local timestamp(3) without time zone NOT NULL,
  rrule text,
  exdates text[] DEFAULT '{}'::text[] NOT NULL,
  source_uid text,
  creator_id uuid NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
  closing_id uuid,
  CONSTRAINT closure_pkey PRIMARY KEY (id),
  CONSTRAINT closure_scope CHECK ((num_nonnulls(resource_id, type_id, place_id) <= 1)),
  CONSTRAINT closure_span CHECK (((starts_local < ends_local) AND isfinite(starts_local) AND isfinite(ends_local))),
  CONSTRAINT closure_title_check CHECK ((title <> ''::text))
);

CREATE TABLE delegate (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  delegate_id uuid NOT NULL,
  added_at timestamp(3) with time zone NOT NULL,
  until_at timestamp(3) with time zone,
  ended boolean DEFAULT false NOT NULL,
  CONSTRAINT delegate_check CHECK ((user_id <> delegate_id)),
  CONSTRAINT delegate_pkey PRIMARY KEY (id),
  CONSTRAINT delegate_user_id_delegate_id_key UNIQUE (user_id, delegate_id)
);

CREATE TABLE deputy (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  deputy_id uuid NOT NULL,
  from_at timestamp(3) with time zone NOT NULL,
  until_at timestamp(3) with time zone,
  CONSTRAINT deputy_check CHECK ((until_at > from_at)),
  CONSTRAINT deputy_check1 CHECK ((user_id <> deputy_id)),
  CONSTRAINT deputy_pkey PRIMARY KEY (id)
);

CREATE TABLE digest (
  user_id uuid NOT NULL,
  at time without time zone DEFAULT '07:00:00'::time without time zone NOT NULL,
  days smallint[] DEFAULT '{1,2,3,4,5,6,7}'::smallint[] NOT NULL,
  last_day date NOT NULL,
  look_at timestamp(3) with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  CONSTRAINT digest_at_check CHECK ((at < '24:00:00'::time without time zone)),
  CONSTRAINT digest_days_check CHECK (((cardinality(days) > 0) AND (days <@ '{1,2,3,4,5,6,7}'::smallint[]))),
  CONSTRAINT digest_pkey PRIMARY KEY (user_id)
);

CREATE TABLE directory_sync (
  one boolean DEFAULT true NOT NULL,
  next_at timestamp(3) with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
  token uuid,
  lease_until timestamp(3) with time zone,
  failures integer DEFAULT 0 NOT NULL,
  started_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  outcome text,
  message text,
  report jsonb,
  CONSTRAINT directory_sync_lease CHECK (((token IS NULL) = (lease_until IS NULL))),
  CONSTRAINT directory_sync_one_check CHECK (one),
  CONSTRAINT directory_sync_outcome_check CHECK ((outcome = ANY (ARRAY['APPLIED'::text, 'REFUSED'::text, 'FAILED'::text]))),
  CONSTRAINT directory_sync_pkey PRIMARY KEY (one)
);

CREATE TABLE document_usage (
  day date NOT NULL,
  client_id uuid,
  document text,
  count bigint NOT NULL,
  CONSTRAINT document_usage_key UNIQUE NULLS NOT DISTINCT (day, client_id, document)
);

CREATE TABLE erased_identity (
  hash bytea NOT NULL,
  CONSTRAINT erased_identity_hash_check CHECK ((octet_length(hash) = 32)),
  CONSTRAINT erased_identity_pkey PRIMARY KEY (hash)
);

CREATE TABLE erasure (
  user_id uuid NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  actor_id uuid NOT NULL,
  external_hash bytea,
  ended_at timestamp(3) with time zone,
  CONSTRAINT erasure_external_hash_check CHECK ((octet_length(external_hash) = 32)),
  CONSTRAINT erasure_pkey PRIMARY KEY (user_id)
);

CREATE TABLE factor_guess (
  user_id uuid NOT NULL,
  wrong integer NOT NULL,
  wait_until timestamp(3) with time zone NOT NULL,
  CONSTRAINT factor_guess_pkey PRIMARY KEY (user_id)
);

CREATE TABLE familiar_origin (
  mark bytea NOT NULL,
  user_id uuid NOT NULL,
  seen_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT familiar_origin_pkey PRIMARY KEY (mark)
);

CREATE TABLE feed (
  id uuid NOT NULL,
  owner_id uuid NOT NULL,
  name text NOT NULL,
  resource_id uuid,
  place_id uuid,
  token_hash bytea NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT feed_name_check CHECK ((name <> ''::text)),
  CONSTRAINT feed_pkey PRIMARY KEY (id),
  CONSTRAINT feed_shows CHECK ((num_nonnulls(resource_id, place_id) <= 1)),
  CONSTRAINT feed_token_hash_check CHECK ((octet_length(token_hash) = 32)),
  CONSTRAINT feed_token_key UNIQUE (token_hash)
);

CREATE TABLE field_usage (
  day date NOT NULL,
  client_id uuid,
  field text NOT NULL,
  count bigint NOT NULL,
  CONSTRAINT field_usage_key UNIQUE NULLS NOT DISTINCT (day, client_id, field)
);

CREATE TABLE group_member (
  group_id uuid NOT NULL,
  user_id uuid NOT NULL,
  CONSTRAINT group_member_pkey PRIMARY KEY (group_id, user_id)
);

CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  payload_hash bytea NOT NULL,
  answer jsonb NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  CONSTRAINT idempotency_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  CONSTRAINT idempotency_pkey PRIMARY KEY (actor_id, operation, key)
);

CREATE TABLE imported_event (
  owner_id uuid NOT NULL,
  resource_id uuid NOT NULL,
  uid text NOT NULL,
  reservation_id uuid NOT NULL,
  CONSTRAINT imported_event_pkey PRIMARY KEY (owner_id, resource_id, uid),
  CONSTRAINT imported_event_uid_check CHECK ((uid <> ''::text))
);

CREATE TABLE invitation_link (
  token_hash bytea NOT NULL,
  participant_id uuid NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT invitation_link_pkey PRIMARY KEY (token_hash),
  CONSTRAINT invitation_link_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

CREATE TABLE log_file (
  id uuid NOT NULL,
  program text NOT NULL,
  machine text NOT NULL,
  number integer NOT NULL,
  from_at timestamp(3) with time zone NOT NULL,
  until_at timestamp(3) with time zone NOT NULL,
  lines integer NOT NULL,
  bytes bigint NOT NULL,
  sha256 bytea NOT NULL,
  CONSTRAINT log_file_bytes_check CHECK ((bytes > 0)),
  CONSTRAINT log_file_check CHECK ((until_at >= from_at)),
  CONSTRAINT log_file_lines_check CHECK ((lines > 0)),
  CONSTRAINT log_file_machine_check CHECK ((machine <> ''::text)),
  CONSTRAINT log_file_number_check CHECK ((number > 0)),
  CONSTRAINT log_file_once UNIQUE (program, machine, number, sha256),
  CONSTRAINT log_file_pkey PRIMARY KEY (id),
  CONSTRAINT log_file_program_check CHECK ((program <> ''::text)),
  CONSTRAINT log_file_sha256_check CHECK ((octet_length(sha256) = 32))
);

CREATE TABLE mail (
  id uuid NOT NULL,
  user_id uuid,
  kind text NOT NULL,
  event jsonb,
  audit_id uuid,
  created_at timestamp(3) with time zone NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  next_at timestamp(3) with time zone,
  lease uuid,
  sent_at timestamp(3) with time zone,
  last_at timestamp(3) with time zone,
  last_error text,
  email text,
  name text,
  language text,
  participant_id uuid,
  collected_at timestamp(3) with time zone,
  digest_id uuid,
  CONSTRAINT mail_collected CHECK (((collected_at IS NULL) OR (num_nonnulls(next_at, sent_at) = 0))),
  CONSTRAINT mail_digest CHECK (((digest_id IS NULL) OR (collected_at IS NOT NULL))),
  CONSTRAINT mail_language_check CHECK ((language = ANY (ARRAY['EN'::text, 'DE'::text, 'FR'::text, 'ES'::text]))),
  CONSTRAINT mail_lease CHECK (((lease IS NULL) OR (next_at IS NOT NULL))),
  CONSTRAINT mail_pkey PRIMARY KEY (id),
  CONSTRAINT mail_recipient CHECK (((num_nonnulls(user_id, email) = 1) AND (num_nonnulls(email, name, language) = ANY (ARRAY[0, 3])))),
  CONSTRAINT mail_sent CHECK (((sent_at IS NULL) OR (next_at IS NULL))),
  CONSTRAINT mail_told CHECK ((num_nonnulls(event, audit_id) > 0))
);

CREATE TABLE mail_relay (
  one boolean DEFAULT true NOT NULL,
  seen_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT mail_relay_one_check CHECK (one),
  CONSTRAINT mail_relay_pkey PRIMARY KEY (one)
);

CREATE TABLE notification (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  kind text NOT NULL,
  reservation_id uuid,
  message text,
  created_at timestamp(3) with time zone NOT NULL,
  read_at timestamp(3) with time zone,
  event jsonb,
  CONSTRAINT notification_message_check CHECK ((message <> ''::text)),
  CONSTRAINT notification_pkey PRIMARY KEY (id),
  CONSTRAINT notification_told CHECK ((num_nonnulls(message, event) = 1))
);

CREATE TABLE notification_kind (
  kind text NOT NULL,
  number integer NOT NULL,
  in_app boolean NOT NULL,
  by_mail boolean NOT NULL,
  always boolean DEFAULT false NOT NULL,
  can_wait boolean DEFAULT false NOT NULL,
  CONSTRAINT notification_kind_number_key UNIQUE (number),
  CONSTRAINT notification_kind_pkey PRIMARY KEY (kind)
);

CREATE TABLE notification_preference (
  user_id uuid NOT NULL,
  kind text NOT NULL,
  in_app boolean NOT NULL,
  by_mail boolean NOT NULL,
  digest boolean DEFAULT false NOT NULL,
  CONSTRAINT notification_preference_pkey PRIMARY KEY (user_id, kind)
);

CREATE TABLE operation_book (
  one boolean DEFAULT true NOT NULL,
  version bigint DEFAULT 1 NOT NULL,
  CONSTRAINT operation_book_one_check CHECK (one),
  CONSTRAINT operation_book_pkey PRIMARY KEY (one)
);

CREATE TABLE outbox (
  resource_id uuid NOT NULL,
  version bigint NOT NULL,
  reservation_id uuid,
  freed tstzrange,
  taken tstzrange,
  quantity integer NOT NULL,
  taken_until timestamp(3) with time zone,
  at timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
  awaited boolean DEFAULT false NOT NULL,
  CONSTRAINT outbox_pkey PRIMARY KEY (resource_id, version)
);

CREATE TABLE participant (
  id uuid NOT NULL,
  reservation_id uuid NOT NULL,
  user_id uuid,
  email text,
  name text,
  response text DEFAULT 'NONE'::text NOT NULL,
  responded_at timestamp(3) with time zone,
  inviter_id uuid NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT participant_answer CHECK (((response = 'NONE'::text) = (responded_at IS NULL))),
  CONSTRAINT participant_email_check CHECK (((email = lower(email)) AND (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text))),
  CONSTRAINT participant_guest_key UNIQUE (reservation_id, email),
  CONSTRAINT participant_name_check CHECK ((name <> ''::text)),
  CONSTRAINT participant_pkey PRIMARY KEY (id),
  CONSTRAINT participant_response_check CHECK ((response = ANY (ARRAY['NONE'::text, 'ACCEPTED'::text, 'DECLINED'::text, 'TENTATIVE'::text]))),
  CONSTRAINT participant_user_key UNIQUE (reservation_id, user_id),
  CONSTRAINT participant_who CHECK (((num_nonnulls(user_id, email) = 1) AND ((email IS NULL) = (name IS NULL))))
);

CREATE TABLE passkey (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  name text NOT NULL,
  credential_id bytea NOT NULL,
  public_key bytea NOT NULL,
  sign_count bigint NOT NULL,
  transports text[] DEFAULT '{}'::text[] NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  last_used_at timestamp(3) with time zone,
  CONSTRAINT passkey_credential_key UNIQUE (credential_id),
  CONSTRAINT passkey_name_check CHECK ((name <> ''::text)),
  CONSTRAINT passkey_pkey PRIMARY KEY (id)
);

CREATE TABLE persisted_operation (
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  name text NOT NULL,
  number integer NOT NULL,
  text text NOT NULL,
  hash bytea NOT NULL,
  kind text NOT NULL,
  status text DEFAULT 'PENDING'::text NOT NULL,
  creator_id uuid NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  decider_id uuid,
  decided_at timestamp(3) with time zone,
  words text DEFAULT ''::text NOT NULL,
  deprecated_at timestamp(3) with time zone,
  ends_at timestamp(3) with time zone,
  version integer DEFAULT 1 NOT NULL,
  CONSTRAINT persisted_operation_decided CHECK (((status = 'PENDING'::text) = (decided_at IS NULL))),
  CONSTRAINT persisted_operation_end CHECK (((ends_at IS NULL) OR (deprecated_at <= ends_at))),
  CONSTRAINT persisted_operation_hash_check CHECK ((octet_length(hash) = 32)),
  CONSTRAINT persisted_operation_hash_key UNIQUE (client_id, hash),
  CONSTRAINT persisted_operation_kind_check CHECK ((kind = ANY (ARRAY['QUERY'::text, 'MUTATION'::text, 'SUBSCRIPTION'::text]))),
  CONSTRAINT persisted_operation_name_check CHECK (((name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'::text) AND (length(name) <= 64))),
  CONSTRAINT persisted_operation_number_check CHECK ((number >= 1)),
  CONSTRAINT persisted_operation_number_key UNIQUE (client_id, name, number),
  CONSTRAINT persisted_operation_pkey PRIMARY KEY (id),
  CONSTRAINT persisted_operation_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'APPROVED'::text, 'REJECTED'::text])))
);

CREATE TABLE place (
  id uuid NOT NULL,
  parent_id uuid,
  kind text NOT NULL,
  name text NOT NULL,
  time_zone text,
  path uuid[] NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT place_check CHECK ((path[cardinality(path)] = id)),
  CONSTRAINT place_kind_check CHECK ((kind = ANY (ARRAY['SITE'::text, 'BUILDING'::text, 'FLOOR'::text, 'AREA'::text]))),
  CONSTRAINT place_name_check CHECK ((name <> ''::text)),
  CONSTRAINT place_name_key UNIQUE NULLS NOT DISTINCT (parent_id, name),
  CONSTRAINT place_pkey PRIMARY KEY (id)
);

CREATE TABLE recovery_code (
  user_id uuid NOT NULL,
  hash bytea NOT NULL,
  used_at timestamp(3) with time zone,
  CONSTRAINT recovery_code_pkey PRIMARY KEY (user_id, hash)
);

CREATE TABLE refresh_token (
  hash bytea NOT NULL,
  session_id uuid NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  replaced_at timestamp(3) with time zone,
  CONSTRAINT refresh_token_pkey PRIMARY KEY (hash)
);

CREATE TABLE reminder (
  reservation_id uuid NOT NULL,
  starts_at timestamp(3) with time zone NOT NULL,
  minutes integer DEFAULT 60 NOT NULL,
  CONSTRAINT reminder_pkey PRIMARY KEY (reservation_id, starts_at, minutes)
);

CREATE TABLE reminder_lead (
  user_id uuid NOT NULL,
  minutes integer NOT NULL,
  since timestamp(3) with time zone NOT NULL,
  CONSTRAINT reminder_lead_minutes_check CHECK (((minutes >= 5) AND (minutes <= 10080))),
  CONSTRAINT reminder_lead_pkey PRIMARY KEY (user_id, minutes)
);

CREATE TABLE reservation (
  id uuid NOT NULL,
  title text NOT NULL,
  details text DEFAULT ''::text NOT NULL,
  owner_id uuid NOT NULL,
  creator_id uuid NOT NULL,
  state text NOT NULL,
  starts_at timestamp(3) with time zone NOT NULL,
  ends_at timestamp(3) with time zone NOT NULL,
  expires_at timestamp(3) with time zone,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  local_start timestamp(3) without time zone,
  local_end timestamp(3) without time zone,
  time_zone text,
  series_id uuid,
  occurrence text,
  detached boolean DEFAULT false NOT NULL,
  closure_id uuid,
  closing_id uuid,
  check_in jsonb,
  release_at timestamp(3) with time zone,
  checked_in_at timestamp(3) with time zone,
  checked_in_by uuid,
  checked_out_at timestamp(3) with time zone,
  occupies_until timestamp(3) with time zone GENERATED ALWAYS AS (
CASE
    WHEN (state = 'CONFIRMED'::text) THEN COALESCE(release_at, 'infinity'::timestamp(3) with time zone)
    WHEN (state = 'CHECKED_IN'::text) THEN 'infinity'::timestamp(3) with time zone
    WHEN ((state = 'COMPLETED'::text) AND (checked_out_at > starts_at)) THEN 'infinity'::timestamp(3) with time zone
    WHEN (state = ANY (ARRAY['HELD'::text, 'PENDING_APPROVAL'::text])) THEN expires_at
    ELSE '-infinity'::timestamp(3) with time zone
END) STORED NOT NULL,
  visibility text DEFAULT 'PUBLIC'::text NOT NULL,
  CONSTRAINT reservation_check_in_check CHECK ((jsonb_typeof(check_in) = 'object'::text)),
  CONSTRAINT reservation_checked_in CHECK (((state <> ALL (ARRAY['CHECKED_IN'::text, 'COMPLETED'::text])) OR (checked_in_at IS NOT NULL))),
  CONSTRAINT reservation_checked_out CHECK (((state <> 'COMPLETED'::text) OR (checked_out_at IS NOT NULL))),
  CONSTRAINT reservation_hold CHECK (((state <> ALL (ARRAY['HELD'::text, 'PENDING_APPROVAL'::text])) OR ((expires_at IS NOT NULL) AND isfinite(expires_at)))),
  CONSTRAINT reservation_local CHECK ((num_nonnulls(local_start, local_end, time_zone) = ANY (ARRAY[0, 3]))),
  CONSTRAINT reservation_occupies_key UNIQUE (id, occupies_until),
  CONSTRAINT reservation_occurrence CHECK (((series_id IS NULL) = (occurrence IS NULL))),
  CONSTRAINT reservation_pkey PRIMARY KEY (id),
  CONSTRAINT reservation_release CHECK (((state <> 'CONFIRMED'::text) OR (check_in IS NULL) OR (release_at IS NOT NULL))),
  CONSTRAINT reservation_state_check CHECK ((state = ANY (ARRAY['HELD'::text, 'PENDING_APPROVAL'::text, 'CONFIRMED'::text, 'CHECKED_IN'::text, 'COMPLETED'::text, 'NO_SHOW'::text, 'REJECTED'::text, 'CANCELLED'::text, 'EXPIRED'::text]))),
  CONSTRAINT reservation_title_check CHECK ((title <> ''::text)),
  CONSTRAINT reservation_visibility_check CHECK ((visibility = ANY (ARRAY['PUBLIC'::text, 'PRIVATE'::text]))),
  CONSTRAINT reservation_window CHECK (((starts_at < ends_at) AND isfinite(starts_at) AND isfinite(ends_at)))
);

CREATE TABLE reservation_comment (
  id uuid NOT NULL,
  reservation_id uuid NOT NULL,
  author_id uuid NOT NULL,
  words text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  edited_at timestamp(3) with time zone,
  CONSTRAINT reservation_comment_pkey PRIMARY KEY (id),
  CONSTRAINT reservation_comment_words_check CHECK ((words <> ''::text))
);

CREATE TABLE resource (
  id uuid NOT NULL,
  name text NOT NULL,
  description text DEFAULT ''::text NOT NULL,
  type_id uuid NOT NULL,
  place_id uuid NOT NULL,
  time_zone text NOT NULL,
  pooled boolean DEFAULT false NOT NULL,
  capacity integer DEFAULT 1 NOT NULL,
  seats integer,
  status text DEFAULT 'ACTIVE'::text NOT NULL,
  status_reason text,
  tags text[] DEFAULT '{}'::text[] NOT NULL,
  attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
  setup_minutes integer,
  teardown_minutes integer,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
  search tsvector DEFAULT ''::tsvector NOT NULL,
  add_on_only boolean DEFAULT false NOT NULL,
  CONSTRAINT resource_add_on_only CHECK ((pooled OR (NOT add_on_only))),
  CONSTRAINT resource_attributes_check CHECK ((jsonb_typeof(attributes) = 'object'::text)),
  CONSTRAINT resource_capacity CHECK ((pooled OR (capacity = 1))),
  CONSTRAINT resource_capacity_check CHECK ((capacity >= 1)),
  CONSTRAINT resource_name_check CHECK ((name <> ''::text)),
  CONSTRAINT resource_name_key UNIQUE (place_id, name),
  CONSTRAINT resource_pkey PRIMARY KEY (id),
  CONSTRAINT resource_pooled_key UNIQUE (id, pooled),
  CONSTRAINT resource_seats_check CHECK ((seats >= 0)),
  CONSTRAINT resource_setup_minutes_check CHECK (((setup_minutes >= 0) AND (setup_minutes <= 10080))),
  CONSTRAINT resource_status_check CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'MAINTENANCE'::text, 'RETIRED'::text]))),
  CONSTRAINT resource_teardown_minutes_check CHECK (((teardown_minutes >= 0) AND (teardown_minutes <= 10080)))
);

CREATE TABLE resource_add_on (
  resource_id uuid NOT NULL,
  pool_id uuid NOT NULL,
  most integer,
  pooled boolean DEFAULT true NOT NULL,
  CONSTRAINT resource_add_on_check CHECK ((resource_id <> pool_id)),
  CONSTRAINT resource_add_on_most_check CHECK ((most >= 1)),
  CONSTRAINT resource_add_on_pkey PRIMARY KEY (resource_id, pool_id),
  CONSTRAINT resource_add_on_pooled_check CHECK (pooled)
);

CREATE TABLE resource_link (
  resource_id uuid NOT NULL,
  turn integer NOT NULL,
  CONSTRAINT resource_link_pkey PRIMARY KEY (resource_id)
);

CREATE TABLE resource_manager (
  resource_id uuid NOT NULL,
  user_id uuid NOT NULL,
  CONSTRAINT resource_manager_pkey PRIMARY KEY (resource_id, user_id)
);

CREATE TABLE resource_part (
  whole_id uuid NOT NULL,
  part_id uuid NOT NULL,
  depth integer NOT NULL,
  pooled boolean DEFAULT false NOT NULL,
  CONSTRAINT resource_part_check CHECK ((whole_id <> part_id)),
  CONSTRAINT resource_part_depth_check CHECK (((depth >= 1) AND (depth <= 4))),
  CONSTRAINT resource_part_pkey PRIMARY KEY (whole_id, part_id),
  CONSTRAINT resource_part_pooled_check CHECK ((NOT pooled))
);

CREATE TABLE resource_type (
  id uuid NOT NULL,
  name text NOT NULL,
  description text DEFAULT ''::text NOT NULL,
  attributes jsonb DEFAULT '[]'::jsonb NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT resource_type_attributes_check CHECK ((jsonb_typeof(attributes) = 'array'::text)),
  CONSTRAINT resource_type_name_check CHECK ((name <> ''::text)),
  CONSTRAINT resource_type_name_key UNIQUE (name),
  CONSTRAINT resource_type_pkey PRIMARY KEY (id)
);

CREATE TABLE rule (
  id uuid NOT NULL,
  kind text NOT NULL,
  name text DEFAULT ''::text NOT NULL,
  resource_id uuid,
  type_id uuid,
  place_id uuid,
  effective_from date,
  exempt_roles text[] DEFAULT '{}'::text[] NOT NULL,
  settings jsonb,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT rule_check CHECK (((kind = ANY (ARRAY['QUOTA'::text, 'APPROVAL'::text, 'TERMS'::text])) = (name <> ''::text))),
  CONSTRAINT rule_key UNIQUE NULLS NOT DISTINCT (resource_id, type_id, place_id, kind, name, effective_from),
  CONSTRAINT rule_kind_check CHECK ((kind = ANY (ARRAY['OPENING_HOURS'::text, 'BUFFERS'::text, 'NOTICE'::text, 'LENGTH'::text, 'GRID'::text, 'QUOTA'::text, 'ACCESS'::text, 'APPROVAL'::text, 'WAITLIST'::text, 'CHECK_IN'::text, 'TERMS'::text]))),
  CONSTRAINT rule_pkey PRIMARY KEY (id),
  CONSTRAINT rule_scope CHECK ((num_nonnulls(resource_id, type_id, place_id) <= 1)),
  CONSTRAINT rule_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text))
);

CREATE TABLE rule_book (
  one boolean DEFAULT true NOT NULL,
  version bigint DEFAULT 1 NOT NULL,
  CONSTRAINT rule_book_one_check CHECK (one),
  CONSTRAINT rule_book_pkey PRIMARY KEY (one)
);

CREATE TABLE series (
  id uuid NOT NULL,
  title text NOT NULL,
  details text DEFAULT ''::text NOT NULL,
  owner_id uuid NOT NULL,
  creator_id uuid NOT NULL,
  rrule text NOT NULL,
  exdates text[] DEFAULT '{}'::text[] NOT NULL,
  rdates text[] DEFAULT '{}'::text[] NOT NULL,
  starts_local text NOT NULL,
  ends_local text NOT NULL,
  time_zone text NOT NULL,
  resources jsonb NOT NULL,
  previous_id uuid,
  cancelled_at timestamp(3) with time zone,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  visibility text DEFAULT 'PUBLIC'::text NOT NULL,
  CONSTRAINT series_pkey PRIMARY KEY (id),
  CONSTRAINT series_resources_check CHECK ((jsonb_typeof(resources) = 'array'::text)),
  CONSTRAINT series_title_check CHECK ((title <> ''::text)),
  CONSTRAINT series_visibility_check CHECK ((visibility = ANY (ARRAY['PUBLIC'::text, 'PRIVATE'::text])))
);

CREATE TABLE series_strike (
  series_id uuid NOT NULL,
  CONSTRAINT series_strike_pkey PRIMARY KEY (series_id)
);

CREATE TABLE session (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  last_used_at timestamp(3) with time zone NOT NULL,
  revoked_at timestamp(3) with time zone,
  tokens_from timestamp(3) with time zone NOT NULL,
  user_agent text,
  address text,
  proved_at timestamp(3) with time zone,
  CONSTRAINT session_pkey PRIMARY KEY (id)
);

CREATE TABLE signing_key (
  kid text NOT NULL,
  algorithm text NOT NULL,
  public_jwk jsonb NOT NULL,
  private_jwk_sealed bytea NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  signs_until timestamp(3) with time zone NOT NULL,
  verifies_until timestamp(3) with time zone NOT NULL,
  CONSTRAINT signing_key_pkey PRIMARY KEY (kid)
);

CREATE TABLE stray_file (
  key uuid NOT NULL,
  due_at timestamp with time zone NOT NULL,
  CONSTRAINT stray_file_pkey PRIMARY KEY (key)
);

CREATE TABLE stream (
  resource_id uuid NOT NULL,
  version bigint DEFAULT 0 NOT NULL,
  longest interval DEFAULT '00:00:00'::interval NOT NULL,
  CONSTRAINT stream_pkey PRIMARY KEY (resource_id)
) WITH (fillfactor=50);

CREATE TABLE terms_acceptance (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  rule_id uuid NOT NULL,
  version text NOT NULL,
  reservation_id uuid,
  accepted_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT terms_acceptance_pkey PRIMARY KEY (id)
);

CREATE TABLE totp (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  secret_sealed bytea NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  confirmed_at timestamp(3) with time zone,
  last_step bigint DEFAULT '-1'::integer NOT NULL,
  CONSTRAINT totp_pkey PRIMARY KEY (id)
);

CREATE TABLE training (
  id uuid NOT NULL,
  name text NOT NULL,
  description text DEFAULT ''::text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT training_name_check CHECK ((name <> ''::text)),
  CONSTRAINT training_name_key UNIQUE (name),
  CONSTRAINT training_pkey PRIMARY KEY (id)
);

CREATE TABLE user_group (
  id uuid NOT NULL,
  name text NOT NULL,
  description text DEFAULT ''::text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT user_group_name_check CHECK ((name <> ''::text)),
  CONSTRAINT user_group_name_key UNIQUE (name),
  CONSTRAINT user_group_pkey PRIMARY KEY (id)
);

CREATE TABLE user_identity (
  issuer text NOT NULL,
  subject text NOT NULL,
  user_id uuid NOT NULL,
  email text,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT user_identity_issuer_check CHECK ((issuer <> ''::text)),
  CONSTRAINT user_identity_of_user UNIQUE (user_id, issuer),
  CONSTRAINT user_identity_pkey PRIMARY KEY (issuer, subject),
  CONSTRAINT user_identity_subject_check CHECK ((subject <> ''::text))
);

CREATE TABLE user_training (
  user_id uuid NOT NULL,
  training_id uuid NOT NULL,
  granted_at timestamp(3) with time zone NOT NULL,
  granted_by uuid,
  valid_until timestamp(3) with time zone,
  CONSTRAINT user_training_pkey PRIMARY KEY (user_id, training_id)
);

CREATE TABLE wait (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  title text NOT NULL,
  details text DEFAULT ''::text NOT NULL,
  state text DEFAULT 'WAITING'::text NOT NULL,
  first_start timestamp(3) with time zone NOT NULL,
  last_start timestamp(3) with time zone NOT NULL,
  last_end timestamp(3) with time zone NOT NULL,
  resources jsonb NOT NULL,
  or_equivalent boolean DEFAULT false NOT NULL,
  same_attributes text[] DEFAULT '{}'::text[] NOT NULL,
  priority integer DEFAULT 0 NOT NULL,
  asked_at timestamp(3) with time zone NOT NULL,
  offered_at timestamp(3) with time zone,
  reservation_id uuid,
  visibility text DEFAULT 'PUBLIC'::text NOT NULL,
  targets jsonb,
  creator_id uuid,
  CONSTRAINT wait_offer CHECK (((state <> ALL (ARRAY['WAITING'::text, 'OFFERED'::text])) OR ((state = 'WAITING'::text) = (offered_at IS NULL)))),
  CONSTRAINT wait_pkey PRIMARY KEY (id),
  CONSTRAINT wait_reservation_id_key UNIQUE (reservation_id),
  CONSTRAINT wait_resources_check CHECK (((jsonb_typeof(resources) = 'array'::text) AND (jsonb_array_length(resources) > 0))),
  CONSTRAINT wait_span CHECK (((first_start <= last_start) AND (last_start < last_end) AND isfinite(first_start) AND isfinite(last_end))),
  CONSTRAINT wait_state_check CHECK ((state = ANY (ARRAY['WAITING'::text, 'OFFERED'::text, 'FULFILLED'::text, 'EXPIRED'::text, 'WITHDRAWN'::text]))),
  CONSTRAINT wait_title_check CHECK ((title <> ''::text)),
  CONSTRAINT wait_visibility_check CHECK ((visibility = ANY (ARRAY['PUBLIC'::text, 'PRIVATE'::text])))
);

CREATE TABLE wait_due (
  id bigint NOT NULL,
  resource_id uuid NOT NULL,
  span tstzrange NOT NULL,
  ended boolean NOT NULL,
  parked_by xid8 DEFAULT pg_current_xact_id() NOT NULL,
  CONSTRAINT wait_due_pkey PRIMARY KEY (id)
);

CREATE TABLE wait_target (
  wait_id uuid NOT NULL,
  need integer NOT NULL,
  resource_id uuid NOT NULL,
  quantity integer NOT NULL,
  rank integer NOT NULL,
  reach tstzrange NOT NULL,
  CONSTRAINT wait_target_pkey PRIMARY KEY (wait_id, need, resource_id)
);

CREATE TABLE webhook (
  id uuid NOT NULL,
  name text NOT NULL,
  url text NOT NULL,
  secret_sealed bytea NOT NULL,
  old_secret_sealed bytea,
  old_secret_until timestamp(3) with time zone,
  events text[] DEFAULT '{}'::text[] NOT NULL,
  resource_id uuid,
  type_id uuid,
  place_id uuid,
  paused_at timestamp(3) with time zone,
  pause_reason text,
  failures integer DEFAULT 0 NOT NULL,
  creator_id uuid NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT webhook_name_check CHECK ((name <> ''::text)),
  CONSTRAINT webhook_name_key UNIQUE (name),
  CONSTRAINT webhook_old_secret CHECK (((old_secret_sealed IS NULL) = (old_secret_until IS NULL))),
  CONSTRAINT webhook_pause CHECK (((paused_at IS NULL) = (pause_reason IS NULL))),
  CONSTRAINT webhook_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_scope CHECK ((num_nonnulls(resource_id, type_id, place_id) <= 1)),
  CONSTRAINT webhook_url_check CHECK ((url ~ '^https?://'::text))
);

CREATE TABLE webhook_delivery (
  id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  event_type text NOT NULL,
  event jsonb NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  next_at timestamp(3) with time zone,
  lease uuid,
  delivered_at timestamp(3) with time zone,
  last_at timestamp(3) with time zone,
  last_status integer,
  last_error text,
  response text,
  CONSTRAINT webhook_delivery_delivered CHECK (((delivered_at IS NULL) OR (next_at IS NULL))),
  CONSTRAINT webhook_delivery_lease CHECK (((lease IS NULL) OR (next_at IS NOT NULL))),
  CONSTRAINT webhook_delivery_pkey PRIMARY KEY (id)
);

ALTER TABLE api_client ADD CONSTRAINT api_client_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES app_user(id);

ALTER TABLE api_client ADD CONSTRAINT api_client_id_fkey FOREIGN KEY (id) REFERENCES app_user(id);

ALTER TABLE api_client ADD CONSTRAINT api_client_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id);

ALTER TABLE api_secret ADD CONSTRAINT api_secret_client_id_fkey FOREIGN KEY (client_id) REFERENCES api_client(id) ON DELETE CASCADE;

ALTER TABLE api_secret ADD CONSTRAINT api_secret_id_fkey FOREIGN KEY (id) REFERENCES session(id) ON DELETE CASCADE;

ALTER TABLE approval ADD CONSTRAINT approval_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES reservation(id) ON DELETE CASCADE;

ALTER TABLE approval_word ADD CONSTRAINT approval_word_for_id_fkey FOREIGN KEY (for_id) REFERENCES app_user(id);

ALTER TABLE approval_word ADD CONSTRAINT approval_word_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES approval(reservation_id) ON DELETE CASCADE;

ALTER TABLE approval_word ADD CONSTRAINT approval_word_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id);

ALTER TABLE attachment ADD CONSTRAINT attachment_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES reservation(id) ON DELETE CASCADE;

ALTER TABLE attachment ADD CONSTRAINT attachment_uploader_id_fkey FOREIGN KEY (uploader_id) REFERENCES app_user(id);

ALTER TABLE care ADD CONSTRAINT care_group_id_fkey FOREIGN KEY (group_id) REFERENCES user_group(id) ON DELETE CASCADE;

ALTER TABLE care ADD CONSTRAINT care_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id) ON DELETE CASCADE;

ALTER TABLE care ADD CONSTRAINT care_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE care ADD CONSTRAINT care_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE challenge ADD CONSTRAINT challenge_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE claim ADD CONSTRAINT claim_reservation FOREIGN KEY (reservation_id, occupies_until) REFERENCES reservation(id, occupies_until) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE claim ADD CONSTRAINT claim_resource FOREIGN KEY (resource_id, pooled) REFERENCES resource(id, pooled) ON UPDATE CASCADE;

ALTER TABLE closing ADD CONSTRAINT closing_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES app_user(id);

ALTER TABLE closing ADD CONSTRAINT closing_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id) ON DELETE CASCADE;

ALTER TABLE closing ADD CONSTRAINT closing_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE closing ADD CONSTRAINT closing_type_id_fkey FOREIGN KEY (type_id) REFERENCES resource_type(id) ON DELETE CASCADE;

ALTER TABLE closure ADD CONSTRAINT closure_closing_id_fkey FOREIGN KEY (closing_id) REFERENCES closing(id) ON DELETE SET NULL;

ALTER TABLE closure ADD CONSTRAINT closure_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES app_user(id);

ALTER TABLE closure ADD CONSTRAINT closure_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id) ON DELETE CASCADE;

ALTER TABLE closure ADD CONSTRAINT closure_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE closure ADD CONSTRAINT closure_type_id_fkey FOREIGN KEY (type_id) REFERENCES resource_type(id) ON DELETE CASCADE;

ALTER TABLE delegate ADD CONSTRAINT delegate_delegate_id_fkey FOREIGN KEY (delegate_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE delegate ADD CONSTRAINT delegate_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE deputy ADD CONSTRAINT deputy_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE deputy ADD CONSTRAINT deputy_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE digest ADD CONSTRAINT digest_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE document_usage ADD CONSTRAINT document_usage_client_id_fkey FOREIGN KEY (client_id) REFERENCES api_client(id) ON DELETE CASCADE;

ALTER TABLE erasure ADD CONSTRAINT erasure_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES app_user(id);

ALTER TABLE erasure ADD CONSTRAINT erasure_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id);

ALTER TABLE factor_guess ADD CONSTRAINT factor_guess_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE familiar_origin ADD CONSTRAINT familiar_origin_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE feed ADD CONSTRAINT feed_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE feed ADD CONSTRAINT feed_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id) ON DELETE CASCADE;

ALTER TABLE feed ADD CONSTRAINT feed_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE field_usage ADD CONSTRAINT field_usage_client_id_fkey FOREIGN KEY (client_id) REFERENCES api_client(id) ON DELETE CASCADE;

ALTER TABLE group_member ADD CONSTRAINT group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES user_group(id) ON DELETE CASCADE;

ALTER TABLE group_member ADD CONSTRAINT group_member_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE imported_event ADD CONSTRAINT imported_event_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE imported_event ADD CONSTRAINT imported_event_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES reservation(id) ON DELETE CASCADE;

ALTER TABLE imported_event ADD CONSTRAINT imported_event_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE invitation_link ADD CONSTRAINT invitation_link_participant_id_fkey FOREIGN KEY (participant_id) REFERENCES participant(id) ON DELETE CASCADE;

ALTER TABLE mail ADD CONSTRAINT mail_digest_id_fkey FOREIGN KEY (digest_id) REFERENCES mail(id) ON DELETE CASCADE;

ALTER TABLE mail ADD CONSTRAINT mail_participant_id_fkey FOREIGN KEY (participant_id) REFERENCES participant(id) ON DELETE SET NULL;

ALTER TABLE mail ADD CONSTRAINT mail_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE notification ADD CONSTRAINT notification_kind_known FOREIGN KEY (kind) REFERENCES notification_kind(kind);

ALTER TABLE notification ADD CONSTRAINT notification_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES reservation(id) ON DELETE CASCADE;

ALTER TABLE notification ADD CONSTRAINT notification_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE notification_preference ADD CONSTRAINT notification_preference_kind_fkey FOREIGN KEY (kind) REFERENCES notification_kind(kind);

ALTER TABLE notification_preference ADD CONSTRAINT notification_preference_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE participant ADD CONSTRAINT participant_inviter_id_fkey FOREIGN KEY (inviter_id) REFERENCES app_user(id);

ALTER TABLE participant ADD CONSTRAINT participant_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES reservation(id) ON DELETE CASCADE;

ALTER TABLE participant ADD CONSTRAINT participant_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE passkey ADD CONSTRAINT passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE persisted_operation ADD CONSTRAINT persisted_operation_client_id_fkey FOREIGN KEY (client_id) REFERENCES api_client(id) ON DELETE CASCADE;

ALTER TABLE persisted_operation ADD CONSTRAINT persisted_operation_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES app_user(id);

ALTER TABLE persisted_operation ADD CONSTRAINT persisted_operation_decider_id_fkey FOREIGN KEY (decider_id) REFERENCES app_user(id);

ALTER TABLE place ADD CONSTRAINT place_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES place(id);

ALTER TABLE recovery_code ADD CONSTRAINT recovery_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE refresh_token ADD CONSTRAINT refresh_token_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE;

ALTER TABLE reminder ADD CONSTRAINT reminder_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES reservation(id) ON DELETE CASCADE;

ALTER TABLE reminder_lead ADD CONSTRAINT reminder_lead_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE reservation ADD CONSTRAINT reservation_checked_in_by_fkey FOREIGN KEY (checked_in_by) REFERENCES app_user(id);

ALTER TABLE reservation ADD CONSTRAINT reservation_closing_id_fkey FOREIGN KEY (closing_id) REFERENCES closing(id) ON DELETE SET NULL;

ALTER TABLE reservation ADD CONSTRAINT reservation_closure_id_fkey FOREIGN KEY (closure_id) REFERENCES closure(id) ON DELETE SET NULL;

ALTER TABLE reservation ADD CONSTRAINT reservation_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES app_user(id);

ALTER TABLE reservation ADD CONSTRAINT reservation_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id);

ALTER TABLE reservation ADD CONSTRAINT reservation_series_id_fkey FOREIGN KEY (series_id) REFERENCES series(id);

ALTER TABLE reservation_comment ADD CONSTRAINT reservation_comment_author_id_fkey FOREIGN KEY (author_id) REFERENCES app_user(id);

ALTER TABLE reservation_comment ADD CONSTRAINT reservation_comment_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES reservation(id) ON DELETE CASCADE;

ALTER TABLE resource ADD CONSTRAINT resource_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id);

ALTER TABLE resource ADD CONSTRAINT resource_type_id_fkey FOREIGN KEY (type_id) REFERENCES resource_type(id);

ALTER TABLE resource_add_on ADD CONSTRAINT resource_add_on_pool FOREIGN KEY (pool_id, pooled) REFERENCES resource(id, pooled) ON DELETE CASCADE;

ALTER TABLE resource_add_on ADD CONSTRAINT resource_add_on_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE resource_link ADD CONSTRAINT resource_link_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE resource_manager ADD CONSTRAINT resource_manager_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE resource_manager ADD CONSTRAINT resource_manager_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE resource_part ADD CONSTRAINT resource_part_part FOREIGN KEY (part_id, pooled) REFERENCES resource(id, pooled) ON DELETE CASCADE;

ALTER TABLE resource_part ADD CONSTRAINT resource_part_whole FOREIGN KEY (whole_id, pooled) REFERENCES resource(id, pooled) ON DELETE CASCADE;

ALTER TABLE rule ADD CONSTRAINT rule_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id) ON DELETE CASCADE;

ALTER TABLE rule ADD CONSTRAINT rule_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE rule ADD CONSTRAINT rule_type_id_fkey FOREIGN KEY (type_id) REFERENCES resource_type(id) ON DELETE CASCADE;

ALTER TABLE series ADD CONSTRAINT series_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES app_user(id);

ALTER TABLE series ADD CONSTRAINT series_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id);

ALTER TABLE series ADD CONSTRAINT series_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES series(id);

ALTER TABLE series_strike ADD CONSTRAINT series_strike_series_id_fkey FOREIGN KEY (series_id) REFERENCES series(id) ON DELETE CASCADE;

ALTER TABLE session ADD CONSTRAINT session_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE stream ADD CONSTRAINT stream_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE terms_acceptance ADD CONSTRAINT terms_acceptance_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES reservation(id) ON DELETE CASCADE;

ALTER TABLE terms_acceptance ADD CONSTRAINT terms_acceptance_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE totp ADD CONSTRAINT totp_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE user_identity ADD CONSTRAINT user_identity_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE user_training ADD CONSTRAINT user_training_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES app_user(id);

ALTER TABLE user_training ADD CONSTRAINT user_training_training_id_fkey FOREIGN KEY (training_id) REFERENCES training(id) ON DELETE CASCADE;

ALTER TABLE user_training ADD CONSTRAINT user_training_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE wait ADD CONSTRAINT wait_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES app_user(id);

ALTER TABLE wait ADD CONSTRAINT wait_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES reservation(id) ON DELETE SET NULL;

ALTER TABLE wait ADD CONSTRAINT wait_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

ALTER TABLE wait_due ADD CONSTRAINT wait_due_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE wait_target ADD CONSTRAINT wait_target_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE wait_target ADD CONSTRAINT wait_target_wait_id_fkey FOREIGN KEY (wait_id) REFERENCES wait(id) ON DELETE CASCADE;

ALTER TABLE webhook ADD CONSTRAINT webhook_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES app_user(id);

ALTER TABLE webhook ADD CONSTRAINT webhook_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id) ON DELETE CASCADE;

ALTER TABLE webhook ADD CONSTRAINT webhook_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE;

ALTER TABLE webhook ADD CONSTRAINT webhook_type_id_fkey FOREIGN KEY (type_id) REFERENCES resource_type(id) ON DELETE CASCADE;

ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook(id) ON DELETE CASCADE;

CREATE INDEX api_client_owner ON public.api_client USING btree (owner_id);

CREATE INDEX api_secret_of ON public.api_secret USING btree (client_id);

CREATE INDEX app_user_linked ON public.app_user USING btree (id) WHERE (external_id IS NOT NULL);

CREATE INDEX app_user_order ON public.app_user USING btree (name, id);

CREATE INDEX approval_escalate ON public.approval USING btree (escalate_at) WHERE ((NOT escalated) AND (escalate_at IS NOT NULL));

CREATE INDEX approval_remind ON public.approval USING btree (remind_at) WHERE (remind_at IS NOT NULL);

CREATE INDEX approval_word_of ON public.approval_word USING btree (reservation_id, id);

CREATE INDEX attachment_by ON public.attachment USING btree (uploader_id);

CREATE INDEX attachment_of ON public.attachment USING btree (reservation_id, id);

CREATE INDEX attachment_waiting ON public.attachment USING btree (upload_until) WHERE (file_key IS NULL);

CREATE INDEX audit_act ON public.audit USING btree (act_id) WHERE (act_id IS NOT NULL);

CREATE INDEX audit_action ON public.audit USING btree (action COLLATE "C", at, id) WHERE (action <> 'reservation.create'::text);

CREATE INDEX audit_actor ON public.audit USING btree (actor_id, at, id);

CREATE INDEX audit_at ON public.audit USING btree (at, id);

CREATE INDEX audit_link_again ON public.audit_link USING btree (audit_id, number) WHERE redacts;

CREATE UNIQUE INDEX audit_link_once ON public.audit_link USING btree (audit_id) WHERE (NOT redacts);

CREATE INDEX audit_order ON public.audit USING btree (xid, id);

CREATE INDEX audit_subject ON public.audit USING btree (subject_id, id);

CREATE UNIQUE INDEX audit_undoes ON public.audit USING btree (undoes, subject_id) WHERE (undoes IS NOT NULL);

CREATE INDEX care_group ON public.care USING btree (group_id);

CREATE INDEX care_place ON public.care USING btree (place_id);

CREATE INDEX care_user ON public.care USING btree (user_id);

CREATE INDEX challenge_expires ON public.challenge USING btree (expires_at);

CREATE INDEX claim_day ON public.claim USING btree (resource_id, lower(occupied));

CREATE INDEX claim_mortal ON public.claim USING btree (resource_id, occupies_until) WHERE ((occupies_until > '-infinity'::timestamp with time zone) AND (occupies_until < 'infinity'::timestamp with time zone));

CREATE INDEX closure_closing ON public.closure USING btree (closing_id);

CREATE INDEX closure_order ON public.closure USING btree (starts_local, id);

CREATE UNIQUE INDEX closure_source_key ON public.closure USING btree (source_uid, resource_id, type_id, place_id) NULLS NOT DISTINCT WHERE (source_uid IS NOT NULL);

CREATE INDEX delegate_for ON public.delegate USING btree (delegate_id);

CREATE INDEX deputy_for ON public.deputy USING btree (deputy_id);

CREATE INDEX deputy_of ON public.deputy USING btree (user_id);

CREATE INDEX digest_look ON public.digest USING btree (look_at);

CREATE INDEX erasure_external ON public.erasure USING btree (external_hash);

CREATE INDEX erasure_open ON public.erasure USING btree (at) WHERE (ended_at IS NULL);

CREATE INDEX familiar_origin_seen ON public.familiar_origin USING btree (seen_at);

CREATE INDEX familiar_origin_user ON public.familiar_origin USING btree (user_id);

CREATE INDEX feed_of_owner ON public.feed USING btree (owner_id, id);

CREATE INDEX field_usage_of ON public.field_usage USING btree (field, day);

CREATE INDEX group_member_user ON public.group_member USING btree (user_id);

CREATE INDEX idempotency_at ON public.idempotency USING brin (at);

CREATE INDEX imported_event_reservation ON public.imported_event USING btree (reservation_id);

CREATE INDEX invitation_link_of ON public.invitation_link USING btree (participant_id);

CREATE INDEX log_file_until ON public.log_file USING btree (until_at, id);

CREATE UNIQUE INDEX mail_digest_of_day ON public.mail USING btree (user_id, ((event ->> 'day'::text))) WHERE (kind = 'DIGEST'::text);

CREATE INDEX mail_due ON public.mail USING btree (next_at) WHERE (next_at IS NOT NULL);

CREATE INDEX mail_failed ON public.mail USING btree (id) WHERE ((next_at IS NULL) AND (sent_at IS NULL) AND (collected_at IS NULL));

CREATE INDEX mail_of_digest ON public.mail USING btree (digest_id) WHERE (digest_id IS NOT NULL);

CREATE INDEX mail_of_participant ON public.mail USING btree (participant_id) WHERE (participant_id IS NOT NULL);

CREATE INDEX mail_to_collect ON public.mail USING btree (user_id) WHERE ((collected_at IS NOT NULL) AND (digest_id IS NULL));

CREATE INDEX notification_of_user ON public.notification USING btree (user_id, id);

CREATE INDEX outbox_at ON public.outbox USING brin (at);

CREATE INDEX participant_of_user ON public.participant USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX passkey_of_user ON public.passkey USING btree (user_id, id);

CREATE INDEX place_path ON public.place USING gin (path);

CREATE INDEX refresh_token_session ON public.refresh_token USING btree (session_id);

CREATE INDEX reservation_closing ON public.reservation USING btree (closing_id) WHERE (closing_id IS NOT NULL);

CREATE INDEX reservation_closure ON public.reservation USING btree (closure_id) WHERE (closure_id IS NOT NULL);

CREATE INDEX reservation_comment_of ON public.reservation_comment USING btree (reservation_id, id);

CREATE INDEX reservation_expiry ON public.reservation USING btree (expires_at) WHERE (state = ANY (ARRAY['HELD'::text, 'PENDING_APPROVAL'::text]));

CREATE INDEX reservation_owner ON public.reservation USING btree (owner_id, starts_at, id);

CREATE INDEX reservation_release_at ON public.reservation USING btree (release_at) WHERE ((state = 'CONFIRMED'::text) AND (release_at IS NOT NULL));

CREATE INDEX reservation_series ON public.reservation USING btree (series_id, starts_at) WHERE (series_id IS NOT NULL);

CREATE INDEX reservation_start ON public.reservation USING btree (starts_at, id);

CREATE INDEX reservation_to_attend ON public.reservation USING btree (starts_at, id) WHERE (check_in IS NOT NULL);

CREATE INDEX resource_add_on_offers ON public.resource_add_on USING btree (pool_id);

CREATE INDEX resource_attributes ON public.resource USING gin (attributes jsonb_path_ops);

CREATE INDEX resource_manager_user ON public.resource_manager USING btree (user_id);

CREATE INDEX resource_order ON public.resource USING btree (name, id);

CREATE INDEX resource_part_wholes ON public.resource_part USING btree (part_id);

CREATE INDEX resource_search ON public.resource USING gin (search);

CREATE INDEX resource_tags ON public.resource USING gin (tags);

CREATE INDEX resource_type_index ON public.resource USING btree (type_id);

CREATE INDEX rule_order ON public.rule USING btree (kind, name, id);

CREATE INDEX series_owner ON public.series USING btree (owner_id, id);

CREATE INDEX session_of_user ON public.session USING btree (user_id, created_at);

CREATE INDEX session_revoked ON public.session USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);

CREATE INDEX session_tokens_from ON public.session USING btree (tokens_from);

CREATE INDEX stray_file_due ON public.stray_file USING btree (due_at);

CREATE INDEX stream_longest ON public.stream USING btree (longest);

CREATE INDEX terms_acceptance_for ON public.terms_acceptance USING btree (reservation_id) WHERE (reservation_id IS NOT NULL);

CREATE UNIQUE INDEX terms_acceptance_once ON public.terms_acceptance USING btree (user_id, rule_id, version) WHERE (reservation_id IS NULL);

CREATE UNIQUE INDEX totp_begun ON public.totp USING btree (user_id) WHERE (confirmed_at IS NULL);

CREATE UNIQUE INDEX totp_confirmed ON public.totp USING btree (user_id) WHERE (confirmed_at IS NOT NULL);

CREATE INDEX user_training_training ON public.user_training USING btree (training_id);

CREATE INDEX wait_death ON public.wait USING btree (last_start) WHERE (state = 'WAITING'::text);

CREATE INDEX wait_due_of ON public.wait_due USING btree (resource_id);

CREATE INDEX wait_of_user ON public.wait USING btree (user_id, id);

CREATE INDEX wait_queue ON public.wait USING btree (((- priority)), asked_at, id) WHERE (state = 'WAITING'::text);

CREATE INDEX wait_target_of ON public.wait_target USING btree (resource_id);

CREATE INDEX webhook_delivery_created ON public.webhook_delivery USING btree (created_at);

CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (webhook_id, next_at) WHERE (next_at IS NOT NULL);

CREATE INDEX webhook_delivery_of ON public.webhook_delivery USING btree (webhook_id, id);

CREATE OR REPLACE FUNCTION public.asked_to_decide(reservation uuid, who uuid, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return exists (select from approval_word w where w.reservation_id = reservation and w.user_id = who)
    or exists (
      select from approval a join public.reservation v on v.id = a.reservation_id
      cross join generate_series(0, least(a.step, jsonb_array_length(a.steps) - 1)) i
      where a.reservation_id = reservation and (
        exists (select from step_deciders(a.steps -> i, at, array[v.owner_id, v.creator_id]) d where d = who)
        or a.escalate_at <= at and i = a.step and exists (
          select from step_deciders(a.steps -> i -> 'escalation', at, array[v.owner_id, v.creator_id]) d where d = who)));
end $function$;

CREATE OR REPLACE FUNCTION public.attachment_gone()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into stray_file (key, due_at) values (old.file_key, '-infinity') on conflict (key) do nothing;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.audit_bare(facts jsonb, own boolean, name text, email text)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when jsonb_typeof(facts) <> 'object' then facts else
    (select coalesce(jsonb_object_agg(key, case
        when key = 'words' then '""'
        when not own then value
        when key = 'title' then '"Erased"'
        when key = 'details' then '""'
        when key = 'name' then to_jsonb(name)
        when key = 'email' then to_jsonb(email)
        else value end), '{}')
      from jsonb_each(facts)
      where key not in ('address', 'userAgent', 'externalId', 'uid')) end
$function$;

CREATE OR REPLACE FUNCTION public.audit_erase(person uuid, most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  entries uuid[];
begin
  if not exists (select from erasure where user_id = person) then
    raise exception 'nobody has erased %', person using errcode = 'HF021', constraint = 'audit_kept';
  end if;
  perform 1 from audit_chain for update;
  perform set_config('holdfast.audit', 'open', true);
  with things as materialized (
    select person as id
    union all select id from reservation where owner_id = person
    union all select id from series where owner_id = person
    union all select id from session where user_id = person
  ), concerned as materialized (
    select a.id, true as own from things t join audit a on a.subject_id = t.id
    union
    select a.id, a.action like 'feed.%' or a.action like 'session.%' or a.action like 'waitlist.%'
    from audit a where a.actor_id = person
    union
    select a.id, true from audit a
    where a.action collate "C" = 'session.reuse' and a.action <> 'reservation.create' and a.after ->> 'userId' = person::text
  ), bare as materialized (
    select a.id, a.xid, x.*
    from (select id, bool_or(own) as own from concerned group by id) c
    join audit a on a.id = c.id join app_user u on u.id = person
    cross join lateral (select audit_bare(a.before, c.own, u.name, u.email) as before,
      audit_bare(a.after, c.own, u.name, u.email) as after,
      case when k.kept then a.source end as source, case when k.kept then a.request_id end as request_id
      from (select a.actor_id <> person or (a.actor_id is null and not c.own) as kept) k) x
    where (a.before, a.after, a.source, a.request_id) is distinct from (x.before, x.after, x.source, x.request_id)
    order by a.xid, a.id limit most
  ), written as (
    update audit a set before = b.before, after = b.after, source = b.source, request_id = b.request_id
    from bare b where a.id = b.id returning a.id, a.xid
  )
  select coalesce(array_agg(id order by xid, id), '{}') into entries from written;
  perform audit_seal_again(entries);
  perform set_config('holdfast.audit', '', true);
  return cardinality(entries);
end $function$;

CREATE OR REPLACE FUNCTION public.audit_extend(entries uuid[], again boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  chain audit_chain;
  entry audit;
  blur bytea;
  own bytea;
begin
  select * into strict chain from audit_chain;
  for entry in
    select a.* from unnest(entries) with ordinality as e (id, place) join audit a on a.id = e.id order by e.place
  loop
    blur := uuid_send(gen_random_uuid());
    own := sha256(blur || convert_to(audit_text(entry), 'UTF8'));
    chain.number := chain.number + 1;
    chain.hash := audit_hash(chain.hash, chain.number, entry.id, own, again);
    insert into audit_link (number, audit_id, salt, digest, hash, redacts)
    values (chain.number, entry.id, blur, own, chain.hash, again);
  end loop;
  update audit_chain set number = chain.number, hash = chain.hash;
end $function$;

CREATE OR REPLACE FUNCTION public.audit_forget_sources(before timestamp with time zone, most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  base bigint;
  last bigint;
  entries uuid[];
begin
  select greatest(bare_number, base_number) into strict base from audit_chain for update;
  select coalesce(min(l.number) - 1, least(base + most, (select number from audit_chain))) into last
  from audit_link l join audit a on a.id = l.audit_id
  where l.number > base and l.number <= base + most and a.at >= audit_forget_sources.before;
  perform set_config('holdfast.audit', 'open', true);
  with bare as (
    update audit a set source = null, request_id = null,
      before = case when a.action not like 'security.%' then a.before - 'address' end,
      after = case when a.action not like 'security.%' then a.after - 'address' end
    from audit_link l
    where l.audit_id = a.id and l.number > base and l.number <= last and not l.redacts
      and (a.source is not null or a.request_id is not null or a.action like 'security.%')
    returning a.id, l.number
  )
  select coalesce(array_agg(id order by number), '{}') into entries from bare;
  perform audit_seal_again(entries);
  update audit_chain set bare_number = last;
  perform set_config('holdfast.audit', '', true);
  return last - base;
end $function$;

CREATE OR REPLACE FUNCTION public.audit_forget_titles(subjects uuid[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  entries uuid[];
begin
  perform 1 from audit_chain for update;
  perform set_config('holdfast.audit', 'open', true);
  with bare as (
    update audit a set before = audit_bare(a.before, true, '', ''), after = audit_bare(a.after, true, '', '')
    where a.subject_id in (
        select id from reservation where id = any (subjects) and title = 'Erased'
        union all select id from series where id = any (subjects) and title = 'Erased')
      and (a.before, a.after) is distinct from (audit_bare(a.before, true, '', ''), audit_bare(a.after, true, '', ''))
    returning a.id, a.xid
  )
  select coalesce(array_agg(id order by xid, id), '{}') into entries from bare;
  perform audit_seal_again(entries);
  perform set_config('holdfast.audit', '', true);
  return cardinality(entries);
end $function$;

CREATE OR REPLACE FUNCTION public.audit_hash(previous bytea, number bigint, audit_id uuid, digest bytea, redacts boolean)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select sha256(convert_to(concat_ws(' ', encode(previous, 'hex'), number, audit_id, encode(digest, 'hex'),
    case when redacts then 'REDACTED' else 'SEALED' end), 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION public.audit_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if coalesce(current_setting('holdfast.audit', true), '') <> 'open' then
    raise exception '% is only added to', tg_table_name
      using errcode = 'HF021', constraint = 'audit_kept';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.audit_prune(before timestamp with time zone, most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  base bigint;
  last bigint;
begin
  select base_number into strict base from audit_chain for update;
  select coalesce(min(l.number) - 1, least(base + most, (select number from audit_chain))) into last
  from audit_link l join audit a on a.id = l.audit_id
  where l.number > base and l.number <= base + most and a.at >= audit_prune.before;
  perform set_config('holdfast.audit', 'open', true);
  delete from audit a using audit_link l
  where l.audit_id = a.id and l.number > base and l.number <= last and not exists (
    select from audit_link n where n.audit_id = a.id and n.redacts and n.number > last);
  update audit_chain set base_number = last, base_hash = l.hash from audit_link l where l.number = last;
  delete from audit_link where number <= last;
  perform set_config('holdfast.audit', '', true);
  return last - base;
end $function$;

CREATE OR REPLACE FUNCTION public.audit_seal(most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  chain audit_chain;
  here bigint := (select system_identifier from pg_control_system());
  horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
  entries uuid[];
begin
  select * into strict chain from audit_chain;
  if chain.cluster = here and not exists (
    select from audit a where (a.xid, a.id) > (chain.xid, chain.audit_id) and a.xid < horizon) then
    return 0;
  end if;
  select * into chain from audit_chain for update skip locked;
  if not found then
    return 0;
  end if;
  -- once more behind the lock, so that the place in the order of transactions never goes back
  horizon := pg_snapshot_xmin(pg_current_snapshot());
  entries := array(
    select a.id from audit a
    where (chain.cluster <> here or ((a.xid, a.id) > (chain.xid, chain.audit_id) and a.xid < horizon))
      and not exists (select from audit_link l where l.audit_id = a.id and not l.redacts)
      and not exists (select from audit_link l where l.audit_id = a.id and l.redacts)
    order by a.xid, a.id limit most);
  perform set_config('holdfast.audit', 'open', true);
  perform audit_extend(entries, false);
  if cardinality(entries) < most then
    update audit_chain set cluster = here, xid = horizon, audit_id = '00000000-0000-0000-0000-000000000000';
  elsif chain.cluster = here then
    update audit_chain c set xid = a.xid, audit_id = a.id from audit a where a.id = entries[most];
  end if;
  perform set_config('holdfast.audit', '', true);
  return cardinality(entries);
end $function$;

CREATE OR REPLACE FUNCTION public.audit_seal_again(entries uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  sealed uuid[] := array(
    select e.id from unnest(entries) with ordinality as e (id, place)
    where exists (select from audit_link l where l.audit_id = e.id and not l.redacts) order by e.place);
begin
  update audit_link set salt = null where audit_id = any (sealed) and salt is not null;
  perform audit_extend(sealed, true);
end $function$;

CREATE OR REPLACE FUNCTION public.audit_text(entry audit)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET "TimeZone" TO 'UTC'
AS $function$
  select jsonb_object_agg(key, value)::text from jsonb_each(to_jsonb(entry)) where value <> 'null'
$function$;

CREATE OR REPLACE FUNCTION public.caretakers(resource uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
  select m.user_id from resource_manager m where m.resource_id = $1
  union
  select coalesce(c.user_id, g.user_id)
  from resource r join place p on p.id = r.place_id
    join care c on c.resource_id = r.id or c.place_id = any (p.path)
    left join group_member g on g.group_id = c.group_id
  where r.id = $1 and (c.user_id is not null or g.user_id is not null)
$function$;

CREATE OR REPLACE FUNCTION public.claim_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.resource_id = new.resource_id and old.reservation_id = new.reservation_id then
    perform stream_append(new.resource_id, new.reservation_id,
      case when old.occupies then old.occupied end, case when new.occupies then new.occupied end,
      new.quantity, case when new.occupies then new.occupies_until end);
  else
    if old.occupies then
      perform stream_append(old.resource_id, old.reservation_id, old.occupied, null, old.quantity, null);
    end if;
    if new.occupies then
      perform stream_append(new.resource_id, new.reservation_id, null, new.occupied, new.quantity,
        new.occupies_until);
    end if;
  end if;
  if exists (select from wait_target where resource_id in (old.resource_id, new.resource_id)) then
    if old.occupies and (not new.occupies or old.resource_id <> new.resource_id or old.quantity > new.quantity
        or not new.occupied @> old.occupied) then
      perform wait_park(old.resource_id, tstzmultirange(old.occupied), not new.occupies);
    end if;
    if new.occupies and (not old.occupies or old.resource_id <> new.resource_id or old.quantity < new.quantity
        or not old.occupied @> new.occupied) then
      perform wait_gives_way(new.reservation_id, new.resource_id, tstzmultirange(new.occupied));
    end if;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.claim_parts_kept(reservation uuid, resource uuid DEFAULT NULL::uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if exists (
    select from claim c
    where c.reservation_id = reservation and (resource is null or c.resource_id = resource) and c.occupies and (
      (c.kind <> 'SHADE' and exists (
        select from resource_part l
        where l.whole_id = c.resource_id and not exists (
          select from claim d where d.reservation_id = reservation and d.resource_id = l.part_id
            and d.kind <> 'SHADE' and d.occupied @> c.occupied)))
      or (c.kind <> 'SHADE' and exists (
        select from resource_part l
        where l.part_id = c.resource_id and not exists (
          select from claim d where d.reservation_id = reservation and d.resource_id = l.whole_id
            and d.occupied @> c.occupied)))
      or (c.kind = 'PART' and not exists (
        select from resource_part l join claim d on d.reservation_id = reservation and d.resource_id = l.whole_id
        where l.part_id = c.resource_id and d.kind = 'OWN'))
      or (c.kind = 'SHADE' and not exists (
        select from resource_part l join claim d on d.reservation_id = reservation and d.resource_id = l.part_id
        where l.whole_id = c.resource_id and d.kind <> 'SHADE')))
  ) then
    raise exception 'reservation % claims a whole without its parts, or a part without its whole', reservation
      using errcode = 'HF003', constraint = 'claim_parts_kept';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.claim_placed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  next bigint;
  book bigint;
  divided boolean;
  waited boolean;
begin
  -- stream_append in place: a call less on the path of every new reservation (12 % of the whole statement)
  update stream set version = version + 1,
    longest = greatest(longest, upper(new.occupied) - lower(new.occupied))
  where resource_id = new.resource_id returning version into next;
  insert into outbox (resource_id, version, reservation_id, freed, taken, quantity, taken_until)
  values (new.resource_id, next, new.reservation_id, new.vacated, new.occupied, new.quantity,
    new.occupies_until);
  -- Behind the stream's lock, which a change of rules or of parts takes before it commits: neither can overlook
  -- the other.
  select version, exists (select from resource_part where whole_id = new.resource_id)
    or exists (select from resource_part where part_id = new.resource_id),
    exists (select from wait_target where resource_id = new.resource_id)
  into book, divided, waited from rule_book;
  if new.judged_by <> book then
    raise exception 'the rules have moved on since % was judged', new.reservation_id
      using errcode = 'HF004', constraint = 'claim_judged';
  end if;
  if divided or new.kind <> 'OWN' then
    -- what replaces a claim may break others; what is merely new needs them
    perform claim_parts_kept(new.reservation_id, case when new.vacated is null then new.resource_id end);
  end if;
  if waited then
    -- of a pool it may take more of the same span than before
    perform wait_gives_way(new.reservation_id, new.resource_id, case when new.pooled or new.vacated is null
      then tstzmultirange(new.occupied) else tstzmultirange(new.occupied) - tstzmultirange(new.vacated) end);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.claim_pool_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  pool_capacity integer;
begin
  select capacity into pool_capacity from resource where id = new.resource_id;
  if pool_peak(new.resource_id, new.occupied) > pool_capacity then
    raise exception 'pool % has no room for this claim', new.resource_id
      using errcode = 'HF001', constraint = 'claim_pool_kept';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.claim_removed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  moved claim;
begin
  -- a move removes and places anew; the placed claim then tells both as one change
  select * into moved from claim c where c.reservation_id = old.reservation_id and c.resource_id = old.resource_id
    and c.vacated = old.occupied;
  if moved.reservation_id is null then
    perform stream_append(old.resource_id, old.reservation_id, old.occupied, null, old.quantity, null);
  end if;
  if exists (select from wait_target where resource_id = old.resource_id) then
    -- the stream's lock, which the placed claim would take only after this look
    perform 1 from stream where resource_id = old.resource_id for update;
    perform wait_park(old.resource_id, tstzmultirange(old.occupied) - case
      when moved.reservation_id is null or moved.quantity < old.quantity then '{}'
      else tstzmultirange(moved.occupied) end, false);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.claim_whole_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform 1 from stream where resource_id = new.resource_id for update;
  perform claim_parts_kept(new.reservation_id);
  if old.reservation_id <> new.reservation_id then
    perform claim_parts_kept(old.reservation_id);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.claim_whole_removed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from resource_part where whole_id = old.resource_id)
    or exists (select from resource_part where part_id = old.resource_id) then
    perform claim_parts_kept(old.reservation_id);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.company_kind_of(action text, former text, state text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when former = 'CONFIRMED' and action = 'reservation.cancel' then 'CANCELLED'
    when former = 'CONFIRMED' and action = 'reservation.cancelByClosure' then 'CANCELLED_BY_CLOSURE'
    when former = 'CONFIRMED' and action = 'reservation.cancelByStrikes' then 'SERIES_ENDED'
    when action = 'reservation.noShow' then 'NO_SHOW'
    when state not in ('CONFIRMED', 'CHECKED_IN') then null
    when action in ('reservation.confirm', 'reservation.approve') then 'INVITED'
    when action = 'reservation.move' then 'MOVED'
    when action = 'reservation.edit' then 'CHANGED'
    when action = 'reservation.undo' then 'RESTORED'
    when action = 'reservation.restore' then 'RESTORED_AFTER_CLOSURE'
  end
$function$;

CREATE OR REPLACE FUNCTION public.company_told(entry audit, who uuid[], what text, mails boolean)
 RETURNS TABLE(participant_id uuid, user_id uuid, email text, name text, language text, kind text, in_app boolean, by_mail boolean, id uuid, series_id uuid, starts_at timestamp with time zone, actor text, closure text, previous jsonb, company jsonb, reservation jsonb)
 LANGUAGE plpgsql
 STABLE
AS $function$
#variable_conflict use_column
begin
  return query
  select p.id, p.user_id, p.email, p.name, case when p.email is not null then i.language end, t.kind,
    p.user_id is not null and t.in_app, case when p.email is null then t.by_mail else mails end,
    t.id, t.series_id, t.starts_at, t.actor, t.closure, t.previous,
    jsonb_build_object('response', p.response, 'organizer', jsonb_build_object('name', o.name, 'address', o.email)),
    case when p.email is null then t.reservation else t.reservation || '{"details": ""}' end
  from participant p
  join reservation v on v.id = p.reservation_id
  join app_user o on o.id = v.owner_id
  join app_user i on i.id = p.inviter_id
  cross join lateral people_told(entry.action, entry.actor_id, v.id, entry.before, entry.after, mails,
    array[coalesce(p.user_id, v.owner_id)], what) t
  where p.reservation_id = entry.subject_id and p.id = any (who)
    and (p.user_id is null or p.user_id is distinct from entry.actor_id or what = 'UNINVITED');
end $function$;

CREATE OR REPLACE FUNCTION public.delegate_follows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update delegate set ended = true where not ended
    and (delegate_id = new.id or user_id = new.id and not new.active);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.digest_moved()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update digest set look_at = '-infinity', version = version + 1 where user_id = new.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.identity_hash(issuer text, subject text)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select sha256(convert_to(issuer || ' ' || subject, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION public.log_file_gone()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into stray_file (key, due_at) values (old.id, '-infinity') on conflict (key) do nothing;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.mail_collect()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (
    select from notification_preference f
    where f.user_id = new.user_id and f.kind = new.kind and f.by_mail and f.digest) then
    -- Facts of now: nobody claims it soon, who would add them.
    new.event := mail_event(new);
    new.collected_at := new.created_at;
    new.next_at := null;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.mail_event(m mail)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return coalesce(m.event, (
    select jsonb_build_object('actor', t.actor, 'closure', t.closure, 'count', 1, 'isOwn', t.is_own,
      'previous', t.previous, 'words', t.words, 'reservations', jsonb_build_array(t.reservation))
    from audit a, people_told(a.action, a.actor_id, a.subject_id, a.before, a.after, true) t
    where a.id = m.audit_id and t.user_id = m.user_id));
end $function$;

CREATE OR REPLACE FUNCTION public.mail_has_reader()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from api_client where id = new.user_id) then
    return null;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.notification_kind_of(action text, state text, own boolean)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when action in ('reservation.create', 'reservation.confirm') then
      case when state <> 'CONFIRMED' then null when own then 'RESERVED' else 'RESERVED_FOR_YOU' end
    when action = 'reservation.cancelByClosure' then 'CANCELLED_BY_CLOSURE'
    when action = 'reservation.restore' then 'RESTORED_AFTER_CLOSURE'
    when action = 'reservation.expire' then 'HOLD_EXPIRED'
    when action = 'reservation.expireRequest' then 'APPROVAL_EXPIRED'
    when action = 'reservation.approve' then case state when 'CONFIRMED' then 'APPROVED' end
    when action = 'reservation.reject' then 'REJECTED'
    when action = 'reservation.askBack' then 'APPROVAL_ASKED_BACK'
    when action = 'remind' then 'REMINDER'
    when action = 'reservation.noShow' then 'NO_SHOW'
    when action = 'reservation.cancelByStrikes' then 'SERIES_ENDED'
    when action not in ('reservation.edit', 'reservation.move', 'reservation.checkOut', 'reservation.cancel',
      'reservation.undo') then null
    when own then 'OWN_CHANGE'
    when action = 'reservation.edit' then 'CHANGED'
    when action in ('reservation.move', 'reservation.checkOut') then 'MOVED'
    when action = 'reservation.undo' then 'RESTORED'
    else 'CANCELLED'
  end
$function$;

CREATE OR REPLACE FUNCTION public.notify_company()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  mails boolean;
  what text;
begin
  -- Most changes are new reservations, in which nobody takes part yet.
  if not exists (
    select from written a where a.action <> 'reservation.create'
      and exists (select from participant p where p.reservation_id = a.subject_id)) then
    return null;
  end if;
  update participant p set response = 'NONE', responded_at = null
  from written a join reservation v on v.id = a.subject_id
  where p.reservation_id = v.id and a.action = 'reservation.move' and p.response <> 'NONE'
    and v.state <> 'CHECKED_IN'
    and ((a.before ->> 'startsAt')::timestamptz, (a.before ->> 'endsAt')::timestamptz)
      is distinct from (v.starts_at, v.ends_at);
  mails := exists (select from mail_relay where seen_at > (select max(at) from written) - interval '7 days');
  for what in
    select distinct company_kind_of(a.action, a.before ->> 'state', coalesce(a.after ->> 'state', v.state))
    from written a join reservation v on v.id = a.subject_id
  loop
    if what is not null then
      perform tell_company(
        array(select a.id from written a join reservation v on v.id = a.subject_id
          where company_kind_of(a.action, a.before ->> 'state', coalesce(a.after ->> 'state', v.state)) = what),
        array(select p.id from participant p join written a on a.subject_id = p.reservation_id
          where p.response <> 'DECLINED'),
        what, mails);
    end if;
  end loop;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.notify_people()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  mails boolean := exists (
    select from mail_relay where seen_at > (select max(at) from written) - interval '7 days');
begin
  -- Of what somebody imports for themselves they have a calendar.
  if current_setting('holdfast.imports', true) = 'on' then
    return null;
  end if;
  -- Most changes are somebody's own, and without a mail server those are told to nobody.
  if not mails and not exists (
    select from written a join reservation v on v.id = a.subject_id
    where a.actor_id is distinct from v.owner_id or v.creator_id <> v.owner_id
      or a.action in ('reservation.cancelByClosure', 'reservation.restore')) then
    return null;
  end if;
  if (select count(*) from written) = 1 then
    if exists (
      select from written a join reservation v on v.id = a.subject_id
      where a.action in ('reservation.create', 'reservation.confirm')
        and a.actor_id = v.owner_id and v.creator_id = v.owner_id) then
      insert into mail (id, user_id, kind, audit_id, created_at, next_at)
      select uuid_at(a.at), u.id, k.kind, a.id, a.at, a.at
      from written a
      join reservation v on v.id = a.subject_id and v.state = 'CONFIRMED'
      join app_user u on u.id = v.owner_id and u.active
      join notification_kind k on k.kind = 'RESERVED'
      left join notification_preference f on f.user_id = u.id and f.kind = k.kind
      where coalesce(f.by_mail, k.by_mail);
      return null;
    end if;
    with event as (
      select a.at, t.user_id, t.kind, t.in_app, t.by_mail, t.id as first, jsonb_build_object('actor', t.actor,
        'closure', t.closure, 'count', 1, 'isOwn', t.is_own, 'previous', t.previous, 'words', t.words,
        'reservations', jsonb_build_array(t.reservation)) as event
      from written a, people_told(a.action, a.actor_id, a.subject_id, a.before, a.after, mails) t
      where t.in_app or t.by_mail
    ), noticed as (
      insert into notification (id, user_id, kind, reservation_id, event, created_at)
      select uuid_at(at), user_id, kind, first, event, at from event where in_app
    )
    insert into mail (id, user_id, kind, event, created_at, next_at)
    select uuid_at(at), user_id, kind, event, at, at from event where by_mail;
    return null;
  end if;
  with told as (
    select a.at, t.*, coalesce(t.series_id, t.id) as subject, row_number() over (
      partition by t.user_id, t.kind, coalesce(t.series_id, t.id) order by t.starts_at, t.id) as number
    from written a, people_told(a.action, a.actor_id, a.subject_id, a.before, a.after, mails) t
    where t.in_app or t.by_mail
  ), event as (
    select min(at) as at, user_id, kind, in_app, by_mail, (array_agg(id order by number))[1] as first,
      jsonb_build_object('actor', max(actor), 'closure', max(closure), 'count', count(*), 'isOwn', bool_and(is_own),
        'previous', case when count(*) = 1 then (array_agg(previous))[1] end, 'words', max(words),
        'reservations', jsonb_agg(reservation order by number) filter (where number <= 100)) as event
    from told group by user_id, kind, in_app, by_mail, subject
  ), noticed as (
    insert into notification (id, user_id, kind, reservation_id, event, created_at)
    select uuid_at(at), user_id, kind, first, event, at from event where in_app
  )
  insert into mail (id, user_id, kind, event, created_at, next_at)
  select uuid_at(at), user_id, kind, event, at, at from event where by_mail;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.outbox_awaited()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.awaited := exists (select from reservation where id = new.reservation_id and state = 'CONFIRMED');
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.people_told(action text, actor_id uuid, subject_id uuid, before jsonb, after jsonb, mails boolean, people uuid[] DEFAULT NULL::uuid[], what text DEFAULT NULL::text)
 RETURNS TABLE(user_id uuid, kind text, in_app boolean, by_mail boolean, is_own boolean, id uuid, series_id uuid, starts_at timestamp with time zone, actor text, closure text, previous jsonb, words text, reservation jsonb)
 LANGUAGE sql
 STABLE
AS $function$
  select u.id, k.kind, u.active and k.in_app and coalesce(f.in_app, true),
    u.active and mails and coalesce(f.by_mail, k.by_mail),
    u.id = v.owner_id, v.id, v.series_id, v.starts_at,
    -- guests see no other people
    case when u.role <> 'GUEST' or actor_id = u.id then (select name from app_user where id = actor_id) end,
    case when action in ('reservation.cancelByClosure', 'reservation.restore') then coalesce(
      before ->> 'closureTitle', (select title from closure where id = (after ->> 'closureId')::uuid)) end,
    case when action = 'reservation.move' then jsonb_build_object(
      'startsAt', before -> 'startsAt', 'endsAt', before -> 'endsAt',
      'resources', (select coalesce(jsonb_agg(r.name order by r.id), '[]')
        from jsonb_array_elements(before -> 'claims') c join resource r on r.id = (c ->> 'resourceId')::uuid)) end,
    case when action in ('reservation.approve', 'reservation.reject', 'reservation.askBack', 'answer')
      then nullif(after ->> 'words', '') end,
    jsonb_build_object('id', v.id, 'title', v.title, 'details', v.details,
      'state', coalesce(after ->> 'state', v.state), 'startsAt', v.starts_at, 'endsAt', v.ends_at,
      'version', coalesce((after ->> 'version')::integer, v.version), 'createdAt', v.created_at,
      'resources', coalesce(x.resources, '[]'),
      'timeZone', coalesce(x.time_zone, v.time_zone, 'UTC'))
  from reservation v
  join app_user u on u.id = any (coalesce(people, array[v.owner_id, v.creator_id]))
  join notification_kind k on k.kind = coalesce(what, notification_kind_of(
    action, coalesce(after ->> 'state', v.state), actor_id is not distinct from u.id))
  left join notification_preference f on f.user_id = u.id and f.kind = k.kind
  cross join lateral (
    select jsonb_agg(jsonb_build_object('name', r.name, 'place', p.name, 'quantity', c.quantity)
      order by c.resource_id) as resources, (array_agg(r.time_zone order by c.resource_id))[1] as time_zone
    from claim c join resource r on r.id = c.resource_id join place p on p.id = r.place_id
    where c.reservation_id = v.id and c.kind = 'OWN') x
  where v.id = subject_id
    -- whoever has reserved for somebody else is told of what others do with it
    and (u.id = v.owner_id or k.kind not in ('RESERVED', 'RESERVED_FOR_YOU', 'OWN_CHANGE', 'REMINDER'))
    -- unless they did so as a delegate, and are none any more
    and (people is not null or u.id = v.owner_id or not exists (
      select from delegate d where d.user_id = v.owner_id and d.delegate_id = u.id
        and (d.ended or d.until_at <= v.updated_at)))
    and (action <> 'reservation.edit' or before ->> 'title' <> v.title or before ->> 'details' <> v.details)
$function$;

CREATE OR REPLACE FUNCTION public.pool_peak(pool uuid, span tstzrange)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
begin
  perform 1 from stream where resource_id = pool for update;
  return coalesce((
    select max(used) from (
      select sum(step) over (order by at, step rows unbounded preceding) as used
      from claim c
      cross join lateral (values
        (lower(c.occupied * span), c.quantity), (upper(c.occupied * span), -c.quantity)) as edge (at, step)
      where c.resource_id = pool and c.occupies and c.occupied && span
        and lower(c.occupied) < coalesce(upper(span), 'infinity')
        and lower(c.occupied) > lower(span) - (select longest from stream where resource_id = pool)
    ) running), 0);
end $function$;

CREATE OR REPLACE FUNCTION public.release_of(starts timestamp with time zone, ends timestamp with time zone, since timestamp with time zone, terms jsonb)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select case when terms is not null
    then least(ends, greatest(starts, since) + (terms ->> 'graceMinutes')::integer * interval '1 minute') end
$function$;

CREATE OR REPLACE FUNCTION public.reservation_awaits()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.release_at := release_of(new.starts_at, new.ends_at, new.updated_at, new.check_in);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.resource_capacity_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.pooled and pool_peak(new.id, tstzrange(now(), null)) > new.capacity then
    raise exception 'pool % has more in use than its new capacity', new.id
      using errcode = 'HF002', constraint = 'resource_capacity_kept';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.resource_part_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'INSERT' then
    perform resource_part_kept(old.whole_id, old.part_id);
  end if;
  if tg_op <> 'DELETE' then
    perform resource_part_kept(new.whole_id, new.part_id);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.resource_part_closed(whole uuid)
 RETURNS boolean
 LANGUAGE sql
AS $function$
  with around as (select whole as id union select whole_id from resource_part where part_id = whole)
  select not exists (
    select from around a
    join resource_part near on near.whole_id = a.id
    join resource_part far on far.whole_id = near.part_id
    left join resource_part l on l.whole_id = a.id and l.part_id = far.part_id
    where l.depth is null or l.depth > near.depth + far.depth
  ) and not exists (
    select from around a
    join resource_part l on l.whole_id = a.id and l.depth > 1
    where not exists (
      select from resource_part near join resource_part far on far.whole_id = near.part_id
      where near.whole_id = a.id and near.depth = 1 and far.part_id = l.part_id and far.depth = l.depth - 1)
  )
$function$;

CREATE OR REPLACE FUNCTION public.resource_part_kept(whole uuid, part uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if not resource_part_closed(whole) then
    raise exception 'the parts of % and of what it belongs to are not complete', whole
      using errcode = 'HF005', constraint = 'resource_part_kept';
  end if;
  perform 1 from stream where resource_id in (whole, part) order by resource_id for update;
  update stream set longest = longest where resource_id in (whole, part);
  perform claim_parts_kept(live.reservation_id) from (
    select distinct reservation_id from claim
    where resource_id in (whole, part) and occupies and upper(occupied) > now()) live;
end $function$;

CREATE OR REPLACE FUNCTION public.resource_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.search :=
    setweight(words_of(new.name), 'A') ||
    setweight(words_of(array_to_string(new.tags, ' ')), 'B') ||
    setweight(words_of(coalesce((select name from resource_type where id = new.type_id), '')), 'B') ||
    setweight(words_of(coalesce((
      select string_agg(p.name, ' ') from place p
      where p.id = any ((select path from place where id = new.place_id)::uuid[])), '')), 'C') ||
    setweight(words_of(new.description), 'D') ||
    setweight(words_of(coalesce((
      select string_agg(value #>> '{}', ' ') from jsonb_each(new.attributes)
      where jsonb_typeof(value) = 'string'), '')), 'D');
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.rule_book_turn()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update rule_book set version = version + 1;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.step_all(step jsonb, besides uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
  select u.id from (
    select u::uuid as id from jsonb_array_elements_text(step -> 'userIds') u
    union select m.user_id from jsonb_array_elements_text(step -> 'groupIds') g
      join group_member m on m.group_id = g::uuid
    union select c from jsonb_array_elements_text(step -> 'resourceIds') r, caretakers(r::uuid) c) named
  join app_user u on u.id = named.id and u.active where u.id <> all (besides)
$function$;

CREATE OR REPLACE FUNCTION public.step_deciders(step jsonb, at timestamp with time zone, besides uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
  with named as (select p as id from step_all(step, besides) p),
  all_of_them as (
    select id from named
    union select d.deputy_id from named join deputy d on d.user_id = named.id
      and d.from_at <= at and (d.until_at is null or d.until_at > at))
  select u.id from all_of_them a join app_user u on u.id = a.id and u.active where u.id <> all (besides)
$function$;

CREATE OR REPLACE FUNCTION public.step_told(step jsonb, at timestamp with time zone, besides uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
  with deciders as (select d as id from step_deciders(step, at, besides) d)
  select id from deciders
  union all select u.id from app_user u
    where u.role = 'ADMINISTRATOR' and u.active and u.id <> all (besides) and not exists (select from deciders)
$function$;

CREATE OR REPLACE FUNCTION public.stream_append(resource uuid, reservation uuid, freed tstzrange, taken tstzrange, quantity integer, taken_until timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  next bigint;
begin
  update stream set version = version + 1,
    longest = greatest(longest, coalesce(upper(taken) - lower(taken), '0'))
  where resource_id = resource returning version into next;
  insert into outbox (resource_id, version, reservation_id, freed, taken, quantity, taken_until)
  values (resource, next, reservation, freed, taken, quantity, taken_until);
end $function$;

CREATE OR REPLACE FUNCTION public.stream_open()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into stream (resource_id) values (new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.stream_tell_rules(resource uuid, type uuid, place uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
AS $function$
declare
  concerned uuid[] := array(select r.id from resource r join place p on p.id = r.place_id
    where (resource is null or r.id = resource) and (type is null or r.type_id = type)
      and (place is null or place = any (p.path)));
  touched uuid[];
begin
  -- in ascending order, as reservations lock them at commit
  perform 1 from stream s where s.resource_id = any (concerned) order by s.resource_id for update;
  with told as (
    update stream s set version = s.version + 1 where s.resource_id = any (concerned)
    returning s.resource_id, s.version
  ), kept as (
    insert into outbox (resource_id, version, quantity) select resource_id, version, 0 from told returning resource_id
  )
  select coalesce(array_agg(resource_id order by resource_id), '{}') into touched from kept;
  -- what could not be had before, perhaps can now
  insert into wait_due (resource_id, span, ended)
  select t.resource_id, t.reach, false from wait_target t where t.resource_id = any (concerned);
  return touched;
end $function$;

CREATE OR REPLACE FUNCTION public.tell_company(entries uuid[], who uuid[], what text, mails boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  with told as (
    select a.at, t.* from audit a cross join lateral company_told(a, who, what, mails) t
    where a.id = any (entries) and (t.in_app or t.by_mail)
  ), numbered as (
    select *, coalesce(series_id, id) as subject, row_number() over (
      partition by user_id, email, coalesce(series_id, id) order by starts_at, id) as number
    from told
  ), event as (
    select min(at) as at, user_id, email, name, language, (array_agg(participant_id order by number))[1] as participant_id,
      kind, in_app, by_mail, (array_agg(id order by number))[1] as first,
      jsonb_build_object('actor', max(actor), 'closure', max(closure), 'count', count(*), 'isOwn', false,
        'previous', case when count(*) = 1 then (array_agg(previous))[1] end, 'words', null,
        'company', (array_agg(company order by number))[1],
        'reservations', jsonb_agg(reservation order by number) filter (where number <= 100)) as event
    from numbered group by user_id, email, name, language, kind, in_app, by_mail, subject
  ), noticed as (
    insert into notification (id, user_id, kind, reservation_id, event, created_at)
    select uuid_at(at), user_id, kind, first, event, at from event where in_app
  )
  insert into mail (id, user_id, email, name, language, participant_id, kind, event, created_at, next_at)
  select uuid_at(at), user_id, email, name, language, participant_id, kind, event, at, at from event where by_mail;
end $function$;

CREATE OR REPLACE FUNCTION public.told_bare(event jsonb, told_at timestamp with time zone, person uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select event || jsonb_build_object(
      'reservations', coalesce(t.reservations, '[]'),
      'words', case when t.own or acted then 'null' else event -> 'words' end,
      'actor', case when acted then (select to_jsonb(name) from app_user where id = person) else event -> 'actor' end)
  from (
    select jsonb_agg(case when v.owner_id = person then r || '{"title": "Erased", "details": ""}' else r end order by n)
        as reservations, bool_or(v.owner_id = person) as own, array_agg(v.id) as ids
    from jsonb_array_elements(event -> 'reservations') with ordinality as e (r, n)
    left join reservation v on v.id = (r ->> 'id')::uuid) t
  cross join lateral (select exists (
    select from audit a where a.subject_id = any (t.ids) and a.at = told_at and a.actor_id = person) as acted) b
$function$;

CREATE OR REPLACE FUNCTION public.uuid_at(instant timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
AS $function$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from instant) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1),
    'hex')::uuid
$function$;

CREATE OR REPLACE FUNCTION public.uuid_from(instant timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select (lpad(to_hex((extract(epoch from instant) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$function$;

CREATE OR REPLACE FUNCTION public.wait_follows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.state = 'CANCELLED' and new.closing_id is not null and old.closing_id is null then
    with back as (
      update wait set state = 'WAITING', offered_at = null, reservation_id = null
      where reservation_id = new.id and state = 'OFFERED' and last_start > new.updated_at returning *
    ), placed as (
      insert into wait_target (wait_id, need, resource_id, quantity, rank, reach)
      select w.id, t.need, r.id, t.quantity, t.rank,
        tstzrange(w.first_start - interval '7 days', w.last_end + interval '7 days')
      from back w, wait_targets(w) t join resource r on r.id = t.resource_id
      returning resource_id, reach
    )
    insert into wait_due (resource_id, span, ended) select distinct resource_id, reach, false from placed;
  end if;
  update wait set state = case new.state when 'EXPIRED' then 'EXPIRED' when 'CANCELLED'
    then case when new.closing_id is null then 'WITHDRAWN' else 'EXPIRED' end else 'FULFILLED' end
  where reservation_id = new.id and state = 'OFFERED';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.wait_gives_way(claimant uuid, thing uuid, taken tstzmultirange)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (
    select from wait_due d where d.resource_id = thing and d.span && taken
      and (d.ended or d.parked_by <> pg_current_xact_id())
  ) and not exists (
    select from claim c
    where c.resource_id = thing and c.reservation_id <> claimant and c.occupies and c.occupied && taken
      and c.occupies_until <= (select updated_at from reservation where id = claimant)
      and exists (select from wait_target t where t.resource_id = thing and t.reach && c.occupied)
  ) then
    return;
  end if;
  if exists (
    select from wait w join reservation v on v.id = w.reservation_id
    where v.id = claimant and v.version = 1 and w.state = 'OFFERED'
  ) then
    return;
  end if;
  raise exception 'somebody waits for what % would take', claimant
    using errcode = 'HF006', constraint = 'wait_gives_way', detail = thing::text;
end $function$;

CREATE OR REPLACE FUNCTION public.wait_park(thing uuid, freed tstzmultirange, has_ended boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if thing = any (coalesce(nullif(current_setting('holdfast.passed', true), ''), '{}')::uuid[]) then
    return;
  end if;
  insert into wait_due (resource_id, span, ended)
  select thing, range_merge(freed), has_ended
  where exists (select from wait_target t where t.resource_id = thing and t.reach && freed);
end $function$;

CREATE OR REPLACE FUNCTION public.wait_resource_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from wait_target) then
    perform 1 from stream where resource_id = new.id
      or resource_id in (select whole_id from resource_part where part_id = new.id) order by resource_id for update;
    insert into wait_due (resource_id, span, ended)
    select t.resource_id, t.reach, false from wait_target t where t.resource_id = new.id
      or t.resource_id in (select whole_id from resource_part where part_id = new.id);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.wait_targets(w wait)
 RETURNS TABLE(need integer, resource_id uuid, quantity integer, rank integer)
 LANGUAGE sql
 STABLE
AS $function$
  select t.need, t."resourceId", t.quantity, t.rank
  from jsonb_to_recordset(coalesce(w.targets, (
    select jsonb_agg(each || jsonb_build_object('need', place - 1, 'rank', 0))
    from jsonb_array_elements(w.resources) with ordinality as asked (each, place)
  ))) as t (need integer, "resourceId" uuid, quantity integer, rank integer)
$function$;

CREATE OR REPLACE FUNCTION public.webhook_enqueue()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (select from webhook where paused_at is null) then
    return null;
  end if;
  insert into webhook_delivery (id, webhook_id, event_type, event, created_at, next_at)
  select uuid_at(told.at), h.id, told.event_type, told.event, told.at, told.at
  from (
    select a.at, webhook_event(a.action, coalesce(a.after ->> 'state', v.state)) as event_type,
      own.ids || array(select (c ->> 'resourceId')::uuid
        from jsonb_array_elements(case jsonb_typeof(a.before -> 'claims') when 'array' then a.before -> 'claims' end) c)
        as resource_ids,
      jsonb_build_object('actorId', a.actor_id,
        'previous', case when a.action = 'reservation.move' then a.before end,
        'reservation', jsonb_build_object('id', v.id, 'title', v.title, 'details', v.details, 'visibility', v.visibility,
          'state', coalesce(a.after ->> 'state', v.state), 'startsAt', v.starts_at, 'endsAt', v.ends_at,
          'expiresAt', v.expires_at, 'ownerId', v.owner_id, 'creatorId', v.creator_id, 'seriesId', v.series_id,
          'version', v.version, 'createdAt', v.created_at, 'updatedAt', v.updated_at,
          'claims', own.claims)) as event
    from written a
    join reservation v on v.id = a.subject_id
    cross join lateral (
      select coalesce(array_agg(c.resource_id), '{}') as ids, coalesce(jsonb_agg(jsonb_build_object(
        'resourceId', c.resource_id, 'name', r.name, 'quantity', c.quantity) order by c.resource_id), '[]') as claims
      from claim c join resource r on r.id = c.resource_id
      where c.reservation_id = v.id and c.kind = 'OWN') own
    where a.action like 'reservation.%'
  ) told
  join webhook h on h.paused_at is null and told.event_type is not null
    and (h.events = '{}' or told.event_type = any (h.events))
    and (num_nonnulls(h.resource_id, h.type_id, h.place_id) = 0 or exists (
      select from resource r join place p on p.id = r.place_id
      where r.id = any (told.resource_ids) and (h.resource_id is null or r.id = h.resource_id)
        and (h.type_id is null or r.type_id = h.type_id) and (h.place_id is null or h.place_id = any (p.path))))
  for key share of h;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.webhook_event(action text, state text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case action
    when 'reservation.create' then case state when 'HELD' then 'reservation.held'
      when 'PENDING_APPROVAL' then 'reservation.requested' else 'reservation.created' end
    when 'reservation.offer' then 'waitlist.offered'
    when 'reservation.confirm' then case state when 'PENDING_APPROVAL' then 'reservation.requested'
      else 'reservation.confirmed' end
    when 'reservation.approve' then case state when 'CONFIRMED' then 'reservation.confirmed'
      else 'reservation.updated' end
    when 'reservation.askBack' then 'reservation.updated'
    when 'reservation.answer' then 'reservation.updated'
    when 'reservation.reject' then 'reservation.rejected'
    when 'reservation.edit' then 'reservation.updated'
    when 'reservation.move' then 'reservation.moved'
    when 'reservation.cancel' then 'reservation.cancelled'
    when 'reservation.cancelByClosure' then 'reservation.cancelled'
    when 'reservation.restore' then 'reservation.restored'
    when 'reservation.undo' then 'reservation.restored'
    when 'reservation.cancelByStrikes' then 'reservation.cancelled'
    when 'reservation.checkIn' then 'reservation.checked_in'
    when 'reservation.checkOut' then 'reservation.checked_out'
    when 'reservation.noShow' then 'reservation.no_show'
    when 'reservation.expire' then 'reservation.expired'
    when 'reservation.expireRequest' then 'reservation.expired'
  end
$function$;

CREATE OR REPLACE FUNCTION public.words_of(text text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select to_tsvector('simple', translate(text, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)))
$function$;

CREATE TRIGGER delegate_follows AFTER UPDATE OF active, role ON public.app_user FOR EACH ROW WHEN (((old.active AND (NOT new.active)) OR ((old.role <> 'GUEST'::text) AND (new.role = 'GUEST'::text)))) EXECUTE FUNCTION delegate_follows();

CREATE TRIGGER digest_moved AFTER UPDATE OF time_zone ON public.app_user FOR EACH ROW WHEN ((old.time_zone <> new.time_zone)) EXECUTE FUNCTION digest_moved();

CREATE TRIGGER attachment_gone AFTER DELETE ON public.attachment FOR EACH ROW WHEN ((old.file_key IS NOT NULL)) EXECUTE FUNCTION attachment_gone();

CREATE TRIGGER audit_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION audit_kept();

CREATE TRIGGER notify_company AFTER INSERT ON public.audit REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION notify_company();

CREATE TRIGGER notify_people AFTER INSERT ON public.audit REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION notify_people();

CREATE TRIGGER webhook_enqueue AFTER INSERT ON public.audit REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION webhook_enqueue();

CREATE TRIGGER audit_kept BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.audit_chain FOR EACH STATEMENT EXECUTE FUNCTION audit_kept();

CREATE TRIGGER audit_kept BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.audit_link FOR EACH STATEMENT EXECUTE FUNCTION audit_kept();

CREATE CONSTRAINT TRIGGER claim_changed AFTER UPDATE ON public.claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.occupies OR new.occupies) AND (((((old.reservation_id IS DISTINCT FROM new.reservation_id) OR (old.resource_id IS DISTINCT FROM new.resource_id)) OR (old.occupied IS DISTINCT FROM new.occupied)) OR (old.occupies_until IS DISTINCT FROM new.occupies_until)) OR (old.quantity IS DISTINCT FROM new.quantity)))) EXECUTE FUNCTION claim_changed();

CREATE CONSTRAINT TRIGGER claim_placed AFTER INSERT ON public.claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.occupies) EXECUTE FUNCTION claim_placed();

CREATE CONSTRAINT TRIGGER claim_pool_kept AFTER INSERT OR UPDATE ON public.claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.occupies AND new.pooled)) EXECUTE FUNCTION claim_pool_kept();

CREATE CONSTRAINT TRIGGER claim_removed AFTER DELETE ON public.claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.occupies) EXECUTE FUNCTION claim_removed();

CREATE CONSTRAINT TRIGGER claim_whole_changed AFTER UPDATE ON public.claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.occupies AND (((((old.reservation_id IS DISTINCT FROM new.reservation_id) OR (old.resource_id IS DISTINCT FROM new.resource_id)) OR (old.occupied IS DISTINCT FROM new.occupied)) OR (old.kind IS DISTINCT FROM new.kind)) OR (old.occupies IS DISTINCT FROM new.occupies)))) EXECUTE FUNCTION claim_whole_changed();

CREATE CONSTRAINT TRIGGER claim_whole_removed AFTER DELETE ON public.claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.occupies) EXECUTE FUNCTION claim_whole_removed();

CREATE TRIGGER closure_turns AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.closure FOR EACH STATEMENT EXECUTE FUNCTION rule_book_turn();

CREATE TRIGGER log_file_gone AFTER DELETE ON public.log_file FOR EACH ROW EXECUTE FUNCTION log_file_gone();

CREATE TRIGGER mail_collect BEFORE INSERT ON public.mail FOR EACH ROW WHEN ((new.user_id IS NOT NULL)) EXECUTE FUNCTION mail_collect();

CREATE TRIGGER mail_has_reader BEFORE INSERT ON public.mail FOR EACH ROW EXECUTE FUNCTION mail_has_reader();

CREATE TRIGGER outbox_awaited BEFORE INSERT ON public.outbox FOR EACH ROW WHEN ((new.taken_until < 'infinity'::timestamp with time zone)) EXECUTE FUNCTION outbox_awaited();

CREATE TRIGGER place_turns AFTER INSERT OR DELETE OR UPDATE OF path OR TRUNCATE ON public.place FOR EACH STATEMENT EXECUTE FUNCTION rule_book_turn();

CREATE TRIGGER reservation_awaits BEFORE UPDATE ON public.reservation FOR EACH ROW WHEN (((new.state = 'CONFIRMED'::text) AND (num_nonnulls(new.check_in, new.release_at) > 0) AND ((((old.state IS DISTINCT FROM new.state) OR (old.starts_at IS DISTINCT FROM new.starts_at)) OR (old.ends_at IS DISTINCT FROM new.ends_at)) OR (old.check_in IS DISTINCT FROM new.check_in)))) EXECUTE FUNCTION reservation_awaits();

CREATE TRIGGER wait_follows AFTER UPDATE OF state ON public.reservation FOR EACH ROW WHEN (((old.state = 'HELD'::text) AND (new.state <> 'HELD'::text))) EXECUTE FUNCTION wait_follows();

CREATE CONSTRAINT TRIGGER resource_capacity_kept AFTER UPDATE OF capacity, pooled ON public.resource DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION resource_capacity_kept();

CREATE TRIGGER resource_turns AFTER DELETE OR UPDATE OF name, type_id, place_id, time_zone, pooled, setup_minutes, teardown_minutes, add_on_only ON public.resource FOR EACH STATEMENT EXECUTE FUNCTION rule_book_turn();

CREATE TRIGGER resource_words BEFORE INSERT OR UPDATE ON public.resource FOR EACH ROW EXECUTE FUNCTION resource_words();

CREATE TRIGGER stream_open AFTER INSERT ON public.resource FOR EACH ROW EXECUTE FUNCTION stream_open();

CREATE CONSTRAINT TRIGGER wait_resource_changed AFTER UPDATE OF capacity, pooled, status, setup_minutes, teardown_minutes, type_id, place_id, time_zone ON public.resource DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_resource_changed();

CREATE TRIGGER resource_add_on_turns AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.resource_add_on FOR EACH STATEMENT EXECUTE FUNCTION rule_book_turn();

CREATE CONSTRAINT TRIGGER resource_part_changed AFTER INSERT OR DELETE OR UPDATE ON public.resource_part DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION resource_part_changed();

CREATE TRIGGER resource_part_turns AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.resource_part FOR EACH STATEMENT EXECUTE FUNCTION rule_book_turn();

CREATE TRIGGER rule_turns AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.rule FOR EACH STATEMENT EXECUTE FUNCTION rule_book_turn();
