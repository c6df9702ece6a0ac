package io.parley.files;

import io.parley.contracts.files.StoredFile;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.sqlclient.Row;
import java.util.Map;
import java.util.UUID;

/** The columns and constraints of a file that is stored, and how a row becomes a {@link StoredFile}. */
final class FileRow {
    static final String COLUMNS = """
        id, user_id, name, sealed, media_type, size, encode(sha256, 'hex') AS sha256, created_at, updated_at, deleted_at
        """;

    static final Map<String, Problem> CONSTRAINTS =
            Map.of("fk_files_user", Problem.unauthenticated("The account no longer exists."));

    static StoredFile file(Row row) {
        return new StoredFile(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "user_id"),
                Rows.text(row, "name"),
                Rows.text(row, "media_type"),
                Rows.bigint(row, "size"),
                Rows.text(row, "sha256"),
                row.getBuffer("sealed") != null,
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.nullableInstant(row, "deleted_at"));
    }

    /** The parameters of the row {@code #{id}} if it is the caller's. */
    static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }

    private FileRow() {}
}
