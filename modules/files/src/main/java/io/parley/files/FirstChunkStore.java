package io.parley.files;

import io.parley.contracts.files.Signatures;
import io.parley.kernel.Caller;
import io.parley.storage.Database;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads how a file that is arriving begins. */
final class FirstChunkStore {
    private static final byte[] EMPTY = {};

    private final Database database;
    private final SealedChunks sealed;

    FirstChunkStore(Database database) {
        this.database = database;
        this.sealed = new SealedChunks(database);
    }

    /**
     * A file of which all has arrived.
     *
     * @param sealed as it is stored; null unless the file is encrypted
     * @param beginning its first bytes, as many as {@link Signatures#LENGTH} if it has them
     */
    @SuppressWarnings("ArrayRecordComponent") // only carried
    record Arrived(String name, @Nullable Buffer sealed, byte[] beginning) {}

    /** Empty if no such file is arriving. */
    Future<Optional<Arrived>> find(Caller caller, UUID id) {
        return database.query("""
                    SELECT f.user_id, f.id, f.name, f.sealed, c.sealed AS sealed_data,
                           substring(c.data FROM 1 FOR #{length}::int) AS data
                      FROM files f
                      LEFT JOIN file_chunks c ON c.user_id = f.user_id AND c.file_id = f.id AND c.number = 0
                     WHERE f.user_id = #{user_id} AND f.id = #{id} AND f.state = 'arriving'
                    """, row -> arrived(caller, id, row))
                .one(FileRow.rowOf(caller, id).and("length", Signatures.LENGTH))
                .compose(found -> found.map(arrived -> arrived.map(Optional::of))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty())));
    }

    private Future<Arrived> arrived(Caller caller, UUID id, Row row) {
        return beginning(caller, id, row)
                .map(beginning -> new Arrived(Rows.text(row, "name"), row.getBuffer("sealed"), beginning));
    }

    private Future<byte[]> beginning(Caller caller, UUID id, Row row) {
        var clear = row.getBuffer("data");
        var bytes = row.getBuffer("sealed_data");
        if (bytes == null) return Future.succeededFuture(clear == null ? EMPTY : clear.getBytes());
        return sealed.open(caller.userId(), id, 0, bytes)
                .map(opened -> Arrays.copyOf(opened, Math.min(opened.length, Signatures.LENGTH)));
    }
}
