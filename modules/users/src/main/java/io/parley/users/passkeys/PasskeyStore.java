package io.parley.users.passkeys;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.identities.Passkey;
import io.parley.contracts.users.identities.Passkeys;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.users.passkeys.WebAuthn.Assertion;
import io.parley.users.passkeys.WebAuthn.NewCredential;
import io.parley.users.profile.WaysIn;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the table {@code passkeys}. */
final class PasskeyStore {
    private static final String PASSKEY_ID = "passkey_id";
    private static final String COLUMNS = " id, name, created_at, last_used_at, backed_up, transports ";
    private static final String STORED_COLUMNS =
            " user_id, credential_id, credential_data, counter, backup_eligible," + COLUMNS;

    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_passkeys_user", Problem.unauthenticated("The account no longer exists."),
            "uq_passkeys_user_id_credential_id", Problem.conflict("/credential", "This passkey is there already."),
            "pk_passkeys", Problem.conflict("/credential", "This passkey is there already."));

    private final Database database;
    private final WaysIn waysIn;
    private final Ownership ownership;

    PasskeyStore(Database database, WaysIn waysIn) {
        this.database = database;
        this.waysIn = waysIn;
        this.ownership =
                new Ownership(database, "passkey", "SELECT user_id, true AS live FROM passkeys WHERE id = #{id}");
    }

    Future<Passkey> insert(Passkeys.Add command, NewCredential credential) {
        return database.query("""
                    INSERT INTO passkeys (user_id, id, credential_id, credential_data, counter, backup_eligible, backed_up,
                                          transports, name)
                    VALUES (#{user_id}, #{id}, #{credential_id}, #{credential_data}, #{counter}, #{backup_eligible},
                            #{backed_up}, #{transports}, #{name})
                    RETURNING""" + COLUMNS, PasskeyStore::passkey)
                .translating(CONSTRAINTS)
                .recording(
                        added -> event(SecurityEventType.PASSKEY_ADDED, command.caller(), added.id(), command.origin()))
                .only(rowOf(command.caller(), command.id())
                        .and("credential_id", credential.id())
                        .and("credential_data", credential.data())
                        .and("counter", credential.counter())
                        .and("backup_eligible", credential.backupEligible())
                        .and("backed_up", credential.backedUp())
                        .and("transports", credential.transports().toArray(String[]::new))
                        .and("name", command.passkey().name()));
    }

    /** Oldest first. */
    Future<List<StoredPasskey>> list(Caller caller) {
        return database.query("SELECT" + STORED_COLUMNS + """
                     FROM passkeys WHERE user_id = #{user_id} ORDER BY created_at, id LIMIT #{limit}
                    """, PasskeyStore::stored)
                .list(Parameters.of("user_id", caller.userId()).and("limit", Passkeys.MOST_OF_A_USER));
    }

    Future<Optional<StoredPasskey>> find(UUID userId, byte[] credentialId) {
        return database.query("SELECT" + STORED_COLUMNS + """
                     FROM passkeys WHERE user_id = #{user_id} AND credential_id = #{credential_id}
                    """, PasskeyStore::stored)
                .one(Parameters.of("user_id", userId).and("credential_id", Buffer.buffer(credentialId)));
    }

    /** Records a use. False if the counter is not above the stored one, which another node may have changed meanwhile. */
    Future<Boolean> use(StoredPasskey passkey, Assertion assertion) {
        return database.query("""
                    UPDATE passkeys
                       SET counter = #{counter}, backed_up = #{backed_up}, last_used_at = now()
                     WHERE user_id = #{user_id} AND id = #{id}
                       AND (counter < #{counter} OR (counter = 0 AND #{counter}::bigint = 0))
                    """)
                .run(Parameters.of("user_id", passkey.userId())
                        .and("id", passkey.passkey().id())
                        .and("counter", assertion.counter())
                        .and("backed_up", assertion.backedUp()))
                .map(rows -> rows > 0);
    }

    Future<Passkey> rename(Passkeys.Rename command) {
        return ownership.change(
                () -> database.query(
                                "UPDATE passkeys SET name = #{name} WHERE user_id = #{user_id} AND id = #{id} RETURNING"
                                        + COLUMNS,
                                PasskeyStore::passkey)
                        .one(rowOf(command.caller(), command.id()).and("name", command.name())),
                command.caller(),
                command.id());
    }

    /** Fails not-found, forbidden, or conflict if it is the last way into the account. */
    Future<None> delete(Passkeys.Remove command) {
        var caller = command.caller();
        return ownership.change(
                () -> database.query(WaysIn.LOCKED + """
                    DELETE FROM passkeys
                     WHERE user_id = #{user_id} AND id = #{id} AND EXISTS (SELECT FROM kept)
                    RETURNING id
                    """, row -> None.NONE)
                        .recording(removed ->
                                event(SecurityEventType.PASSKEY_REMOVED, caller, command.id(), command.origin()))
                        .one(waysIn.parameters(rowOf(caller, command.id())))
                        .compose(found ->
                                found.isPresent() ? Future.succeededFuture(found) : requireNone(caller, command.id())),
                caller,
                command.id());
    }

    private Future<Optional<None>> requireNone(Caller caller, UUID id) {
        return database.query("SELECT id FROM passkeys WHERE user_id = #{user_id} AND id = #{id}")
                .one(rowOf(caller, id))
                .compose(found -> found.isPresent()
                        ? Future.failedFuture(WaysIn.lastOne())
                        : Future.succeededFuture(Optional.empty()));
    }

    // Without the name, which its owner has written.
    private static List<SecurityEvent> event(SecurityEventType type, Caller caller, UUID id, Origin origin) {
        return List.of(SecurityEvent.own(type, caller.userId(), origin).with(PASSKEY_ID, id.toString()));
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("user_id", caller.userId()).and("id", id);
    }

    private static Passkey passkey(Row row) {
        return new Passkey(
                Rows.uuid(row, "id"),
                Rows.text(row, "name"),
                Rows.instant(row, "created_at"),
                Rows.nullableInstant(row, "last_used_at"),
                Rows.flag(row, "backed_up"),
                List.of(row.getArrayOfStrings("transports")));
    }

    private static StoredPasskey stored(Row row) {
        return new StoredPasskey(
                Rows.uuid(row, "user_id"),
                passkey(row),
                row.getBuffer("credential_id"),
                row.getBuffer("credential_data"),
                Rows.bigint(row, "counter"),
                Rows.flag(row, "backup_eligible"));
    }
}
