package io.parley.files;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.Files.Begun;
import io.parley.contracts.files.Signatures;
import io.parley.contracts.files.StoredFile;
import io.parley.kernel.Caller;
import io.parley.kernel.Micros;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.Seal;
import io.parley.storage.sealing.EncryptionChoice;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The SQL of files of which not all has arrived. */
final class ArrivingFileStore {
    private static final Begun NEW = new Begun(null);

    private final Database database;
    private final EncryptionChoice encryption;
    private final SealedTexts texts;
    private final FirstChunkStore first;

    ArrivingFileStore(Database database, EncryptionChoice encryption) {
        this.database = database;
        this.encryption = encryption;
        this.texts = new SealedTexts(database);
        this.first = new FirstChunkStore(database);
    }

    Future<Begun> begin(Files.Begin command) {
        return encryption.of(command.caller(), command.encrypted()).compose(encrypted -> begin(command, encrypted));
    }

    private Future<Begun> begin(Files.Begin command, boolean encrypted) {
        return row(command, encrypted)
                .compose(row -> database.query("""
                    INSERT INTO files (id, user_id, name, sealed, created_at)
                    VALUES (#{id}, #{user_id}, #{name}, #{sealed}::bytea, #{created_at})
                    ON CONFLICT DO NOTHING
                    RETURNING id
                    """, inserted -> inserted.getUUID("id"))
                        .translating(FileRow.CONSTRAINTS)
                        .one(row.and(
                                "created_at",
                                command.createdAt() == null ? Micros.truncate(Instant.now()) : command.createdAt())))
                .compose(begun -> begun.isPresent()
                        ? Future.succeededFuture(NEW)
                        : beginAgain(command, encrypted)
                                .compose(again -> again ? Future.succeededFuture(NEW) : existing(command)));
    }

    private Future<Parameters> row(Files.Begin command, boolean encrypted) {
        var row = FileRow.rowOf(command.caller(), command.id());
        return texts.add(Texts.of("name", command.name()), row, command.caller().userId(), command.id(), encrypted);
    }

    // Removes the chunks of the attempt before: this one may have fewer.
    private Future<Boolean> beginAgain(Files.Begin command, boolean encrypted) {
        return row(command, encrypted)
                .compose(row -> database.query("""
                    UPDATE files SET name = #{name}, size = 0, sealed = #{sealed}::bytea, began_at = now()
                     WHERE user_id = #{user_id} AND id = #{id} AND state = 'arriving'
                    """).run(row))
                .compose(updated -> updated == 0
                        ? Future.succeededFuture(false)
                        : database.query("DELETE FROM file_chunks WHERE user_id = #{user_id} AND file_id = #{id}")
                                .run(FileRow.rowOf(command.caller(), command.id()))
                                .map(true));
    }

    /** Until the file is stored, its size is the room that is kept for it. */
    Future<None> keepRoom(Files.Begin command) {
        return database.query("""
                    UPDATE files SET size = #{size} WHERE user_id = #{user_id} AND id = #{id} AND state = 'arriving'
                    """)
                .run(FileRow.rowOf(command.caller(), command.id()).and("size", command.keptRoom()))
                .map(None.NONE);
    }

    private Future<Begun> existing(Files.Begin command) {
        return findStored(command.caller(), command.id())
                .map(found -> new Begun(found.orElseThrow(
                        () -> Problem.conflict("/id", "A file with this id is being removed for good."))));
    }

    /** If an earlier attempt has finished the file and its answer got lost, the reply is that file. */
    Future<StoredFile> finish(Files.Finish command) {
        return first.find(command.caller(), command.id())
                .compose(found ->
                        found.map(arrived -> finish(command, arrived)).orElseGet(() -> finishedBefore(command)));
    }

    private Future<StoredFile> finish(Files.Finish command, FirstChunkStore.Arrived arrived) {
        var row = FileRow.rowOf(command.caller(), command.id())
                .and("media_type", Signatures.mediaType(arrived.beginning(), command.size()))
                .and("size", command.size())
                .and("overhead", Seal.OVERHEAD)
                .and("sealed_before", arrived.sealed());
        return texts.add(
                        Texts.of("name", arrived.name()).and("sha256", command.sha256()),
                        row,
                        command.caller().userId(),
                        command.id(),
                        arrived.sealed() != null)
                .compose(this::finish)
                .compose(finished -> finished.map(Future::succeededFuture).orElseGet(() -> finishedBefore(command)));
    }

    // What was sealed at the beginning must still be there: another attempt may have begun since.
    private Future<Optional<StoredFile>> finish(Parameters values) {
        return database.query("""
                    UPDATE files
                       SET state = 'stored', name = #{name}, media_type = #{media_type}, size = #{size},
                           sha256 = decode(#{sha256}, 'hex'), sealed = #{sealed}::bytea,
                           updated_at = next_version(updated_at, now())
                     WHERE user_id = #{user_id} AND id = #{id} AND state = 'arriving'
                       AND sealed IS NOT DISTINCT FROM #{sealed_before}::bytea
                       AND (SELECT coalesce(
                                       sum(coalesce(octet_length(c.data), octet_length(c.sealed) - #{overhead})), 0)
                              FROM file_chunks c
                             WHERE c.user_id = #{user_id} AND c.file_id = #{id}) = #{size}
                    RETURNING\s""" + FileRow.COLUMNS, FileRow::file).one(values);
    }

    private Future<StoredFile> finishedBefore(Files.Finish command) {
        return findStored(command.caller(), command.id())
                .map(found -> found.filter(file -> file.sha256().equalsIgnoreCase(command.sha256()))
                        .orElseThrow(
                                () -> Problem.invalid("/size", "is not the size of the chunks that have arrived")));
    }

    private Future<Optional<StoredFile>> findStored(Caller caller, UUID id) {
        return database.query(
                        "SELECT " + FileRow.COLUMNS
                                + "FROM files WHERE user_id = #{user_id} AND id = #{id} AND state = 'stored'",
                        FileRow::file)
                .one(FileRow.rowOf(caller, id));
    }

    Future<None> abandon(Files.Abandon command) {
        return database.query("DELETE FROM files WHERE user_id = #{user_id} AND id = #{id} AND state = 'arriving'")
                .run(FileRow.rowOf(command.caller(), command.id()))
                .map(None.NONE);
    }

    /**
     * Removes those of the user's of which nothing has arrived for five minutes, and returns how many. A chunk takes at most 40 seconds: a
     * client has to send 64 KiB in ten.
     */
    Future<Integer> removeAbandoned(UUID userId) {
        return database.query("""
                    DELETE FROM files
                     WHERE user_id = #{user_id} AND state = 'arriving' AND began_at <= now() - interval '5 minutes'
                    """).run(Parameters.of("user_id", userId));
    }
}
