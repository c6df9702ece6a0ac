package io.parley.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.Files.Chunk;
import io.parley.contracts.files.Signatures;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/** The SQL of the table {@code file_chunks}, except for purges. */
final class ChunkStore {
    private static final byte[] EMPTY = {};

    private final Database database;
    private final FileStore files;

    ChunkStore(Database database, FileStore files) {
        this.database = database;
        this.files = files;
    }

    /** A chunk that comes again replaces the one of an attempt that was not finished. */
    Future<None> append(Files.Append command) {
        return database.query("""
                    INSERT INTO file_chunks (user_id, file_id, number, data)
                    SELECT f.user_id, f.id, #{number}::int, #{data}::bytea
                      FROM files f
                     WHERE f.user_id = #{user_id} AND f.id = #{id} AND f.state = 'arriving'
                    ON CONFLICT (user_id, file_id, number) DO UPDATE SET data = excluded.data
                    """)
                .run(FileRow.rowOf(command.caller(), command.id())
                        .and("number", command.number())
                        .and("data", Buffer.buffer(command.data())))
                .map(written -> {
                    if (written == 0) throw Problem.notFound("file");
                    return None.NONE;
                });
    }

    Future<Chunk> read(Files.Read query) {
        return database.query("""
                    SELECT c.data
                      FROM files f JOIN file_chunks c ON c.user_id = f.user_id AND c.file_id = f.id
                     WHERE f.user_id = #{user_id} AND f.id = #{id} AND f.state = 'stored' AND f.deleted_at IS NULL
                       AND c.number = #{number}
                    """, row -> new Chunk(Rows.bytes(row, "data")))
                .one(FileRow.rowOf(query.caller(), query.id()).and("number", query.number()))
                .compose(chunk -> chunk.map(Future::succeededFuture)
                        .orElseGet(() -> files.find(new Files.Find(query.caller(), query.id()))
                                .compose(file -> Future.failedFuture(Problem.notFound("chunk")))));
    }

    /** The first bytes of a file that is arriving, no more than {@link Signatures#LENGTH}; none if it is empty. */
    Future<byte[]> beginning(Caller caller, UUID id) {
        return database.query("""
                    SELECT substring(data FROM 1 FOR #{length}::int) AS data
                      FROM file_chunks
                     WHERE user_id = #{user_id} AND file_id = #{id} AND number = 0
                    """, row -> Rows.bytes(row, "data"))
                .one(FileRow.rowOf(caller, id).and("length", Signatures.LENGTH))
                .map(found -> found.orElse(EMPTY));
    }
}
