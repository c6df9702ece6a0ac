package io.parley.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.Files.Chunk;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Rows;
import io.parley.storage.sealing.SealedTexts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code file_chunks}, except for purges. */
final class ChunkStore {
    private final Database database;
    private final FileStore files;
    private final SealedTexts texts;
    private final SealedChunks sealed;

    ChunkStore(Database database, FileStore files) {
        this.database = database;
        this.files = files;
        this.texts = new SealedTexts(database);
        this.sealed = new SealedChunks(database);
    }

    /** A chunk that comes again replaces the one of an attempt that was not finished. */
    Future<None> append(Files.Append command) {
        return texts.write(command.caller().userId(), () -> attempt(command))
                .map(written -> written.orElseThrow(() -> Problem.notFound("file")));
    }

    private Future<Optional<None>> attempt(Files.Append command) {
        var data = Buffer.buffer(command.data());
        return isSealed(command)
                .compose(isSealed -> isSealed
                        ? sealed.seal(command.caller().userId(), command.id(), command.number(), data)
                                .compose(bytes -> insert(command, null, bytes))
                        : insert(command, data, null));
    }

    // Nobody who encrypts nothing is asked about.
    private Future<Boolean> isSealed(Files.Append command) {
        return texts.isUsed(command.caller().userId())
                .compose(used -> used
                        ? database.query("""
                            SELECT sealed IS NOT NULL AS is_sealed FROM files
                             WHERE user_id = #{user_id} AND id = #{id} AND state = 'arriving'
                            """, row -> Rows.flag(row, "is_sealed"))
                                .batched()
                                .one(FileRow.rowOf(command.caller(), command.id()))
                                .map(found -> found.orElse(false))
                        : Future.succeededFuture(false));
    }

    // A file of which something arrives has not been abandoned; that is written once a minute at most.
    //
    // The last condition keeps a chunk of a file that another process has just begun to encrypt from being stored in
    // clear.
    private Future<Optional<None>> insert(Files.Append command, @Nullable Buffer data, @Nullable Buffer sealedData) {
        return database.query("""
                    WITH heard AS (
                        UPDATE files SET began_at = now()
                         WHERE user_id = #{user_id} AND id = #{id} AND state = 'arriving'
                           AND began_at < now() - interval '1 minute')
                    INSERT INTO file_chunks (user_id, file_id, number, data, sealed)
                    SELECT f.user_id, f.id, #{number}::int, #{data}::bytea, #{sealed}::bytea
                      FROM files f
                     WHERE f.user_id = #{user_id} AND f.id = #{id} AND f.state = 'arriving'
                       AND (f.sealed IS NULL) = (#{sealed}::bytea IS NULL)
                    ON CONFLICT (user_id, file_id, number) DO UPDATE SET data = excluded.data, sealed = excluded.sealed
                    RETURNING number
                    """, row -> None.NONE)
                .one(FileRow.rowOf(command.caller(), command.id())
                        .and("number", command.number())
                        .and("data", data)
                        .and("sealed", sealedData));
    }

    Future<Chunk> read(Files.Read query) {
        return database.query("""
                    SELECT c.data, c.sealed AS sealed_data
                      FROM files f JOIN file_chunks c ON c.user_id = f.user_id AND c.file_id = f.id
                     WHERE f.user_id = #{user_id} AND f.id = #{id} AND f.state = 'stored' AND f.deleted_at IS NULL
                       AND c.number = #{number}
                    """, row -> content(query, row))
                .one(FileRow.rowOf(query.caller(), query.id()).and("number", query.number()))
                .compose(content -> content.map(bytes -> bytes.map(Chunk::new))
                        .orElseGet(() -> files.find(new Files.Find(query.caller(), query.id()))
                                .compose(file -> Future.failedFuture(Problem.notFound("chunk")))));
    }

    private Future<byte[]> content(Files.Read query, Row row) {
        var clear = row.getBuffer("data");
        if (clear != null) return Future.succeededFuture(clear.getBytes());
        var bytes = Objects.requireNonNull(row.getBuffer("sealed_data"));
        return sealed.open(query.caller().userId(), query.id(), query.number(), bytes);
    }
}
