-- Files without their content. Only those that are stored can be seen: others are arriving, or being purged.
CREATE TABLE files (
    user_id    uuid        NOT NULL CONSTRAINT fk_files_user REFERENCES users ON DELETE CASCADE,
    id         uuid        NOT NULL,
    name       text        NOT NULL,
    media_type text        NOT NULL DEFAULT 'application/octet-stream',
    state      text        NOT NULL DEFAULT 'arriving',
    size       bigint      NOT NULL DEFAULT 0,
    sha256     bytea,
    began_at   timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT pk_files PRIMARY KEY (user_id, id),
    CONSTRAINT ck_files_name CHECK (char_length(name) BETWEEN 1 AND 255),
    CONSTRAINT ck_files_state CHECK (state IN ('arriving', 'stored', 'purged')),
    CONSTRAINT ck_files_size CHECK (size >= 0),
    CONSTRAINT ck_files_sha256 CHECK (octet_length(sha256) = 32),
    CONSTRAINT ck_files_stored CHECK (state <> 'stored' OR sha256 IS NOT NULL)
);
CREATE INDEX ix_files_user_id_created_at ON files (user_id, created_at, id) WHERE state = 'stored' AND deleted_at IS NULL;
CREATE INDEX ix_files_user_id_deleted_at ON files (user_id, deleted_at, id)
    WHERE state = 'stored' AND deleted_at IS NOT NULL;
CREATE INDEX ix_files_deleted_at ON files (deleted_at, id) WHERE state = 'stored' AND deleted_at IS NOT NULL;
CREATE INDEX ix_files_began_at ON files (began_at, id) WHERE state = 'arriving';
CREATE INDEX ix_files_purged ON files (deleted_at, id) WHERE state = 'purged';
-- For the lookup that tells 403 from 404 after a miss.
CREATE INDEX ix_files_id ON files (id);

-- The content, in pieces small enough for a message between nodes. It is not compressed: images and archives are already, and a part
-- of a piece can be read without the rest.
CREATE TABLE file_chunks (
    user_id uuid  NOT NULL,
    file_id uuid  NOT NULL,
    number  int   NOT NULL,
    data    bytea NOT NULL,
    CONSTRAINT pk_file_chunks PRIMARY KEY (user_id, file_id, number),
    CONSTRAINT fk_file_chunks_file FOREIGN KEY (user_id, file_id) REFERENCES files ON DELETE CASCADE,
    CONSTRAINT ck_file_chunks_number CHECK (number >= 0),
    CONSTRAINT ck_file_chunks_data CHECK (octet_length(data) BETWEEN 1 AND 262144)
);
ALTER TABLE file_chunks ALTER COLUMN data SET STORAGE EXTERNAL;
