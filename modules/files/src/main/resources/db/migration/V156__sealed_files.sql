-- The name and the sum of an encrypted file, as one; their columns are null then. They are sealed with the name when the file begins, and
-- again with the sum at its end.
ALTER TABLE files
    ADD COLUMN sealed bytea,
    ALTER COLUMN name DROP NOT NULL,
    DROP CONSTRAINT ck_files_stored,
    ADD CONSTRAINT ck_files_stored CHECK (state <> 'stored' OR num_nonnulls(sha256, sealed) = 1),
    ADD CONSTRAINT ck_files_sealed CHECK (
        CASE WHEN sealed IS NULL THEN name IS NOT NULL ELSE num_nonnulls(name, sha256) = 0 END);

-- The content of an encrypted file. Each piece is sealed alone, so that a part of the file can be read without the rest; what is sealed is
-- 33 bytes longer.
ALTER TABLE file_chunks
    ADD COLUMN sealed bytea STORAGE EXTERNAL,
    ALTER COLUMN data DROP NOT NULL,
    ADD CONSTRAINT ck_file_chunks_content CHECK (num_nonnulls(data, sealed) = 1),
    ADD CONSTRAINT ck_file_chunks_sealed CHECK (octet_length(sealed) BETWEEN 1 + 33 AND 262144 + 33);
