package io.parley.users.factors;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.SecondFactors.AccountSecurity;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.UserRow;
import io.parley.users.factors.CodeHashes.Hashed;
import io.parley.users.keys.CiphertextBinding;
import io.parley.users.keys.EncryptedRows;
import io.parley.users.keys.StoredSecret;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code second_factors}, with one row for each user who has set TOTP up. */
public final class FactorStore implements EncryptedRows {
    private static final String LEFT = "codes_left";

    /**
     * What is stored of a user's second factor.
     *
     * @param salt of the recovery codes; null before the secret is confirmed
     */
    record Factor(
            StoredSecret secret, boolean isOn, @Nullable Buffer salt, int codesLeft) {}

    private final Database database;

    public FactorStore(Database database) {
        this.database = database;
    }

    Future<Optional<Factor>> find(UUID userId) {
        return database.query("""
                    SELECT user_id, secret_id AS id, encrypted_secret, confirmed_at IS NOT NULL AS is_on, recovery_salt,
                           cardinality(recovery_hashes) AS codes_left
                      FROM second_factors
                     WHERE user_id = #{user_id}
                    """, FactorStore::factor).one(Parameters.of("user_id", userId));
    }

    Future<AccountSecurity> describe(UUID userId) {
        return database.query("""
                    SELECT EXISTS (SELECT FROM second_factors
                                    WHERE user_id = #{user_id} AND confirmed_at IS NOT NULL) AS totp,
                           coalesce((SELECT cardinality(recovery_hashes) FROM second_factors
                                      WHERE user_id = #{user_id}), 0) AS codes_left,
                           (SELECT count(*) FROM passkeys WHERE user_id = #{user_id}) AS passkeys,
                           (SELECT count(*) FROM user_identities WHERE user_id = #{user_id}) AS identities,
                           EXISTS (SELECT FROM users WHERE id = #{user_id} AND password_hash IS NOT NULL) AS has_password
                    """, FactorStore::security).only(Parameters.of("user_id", userId));
    }

    /** Replaces a secret that was not confirmed; false if there is a confirmed one. */
    Future<Boolean> setUp(StoredSecret secret) {
        return database.query("""
                    INSERT INTO second_factors (user_id, secret_id, encrypted_secret)
                    VALUES (#{user_id}, #{id}, #{encrypted_secret})
                    ON CONFLICT (user_id) DO UPDATE
                       SET secret_id = EXCLUDED.secret_id, encrypted_secret = EXCLUDED.encrypted_secret,
                           created_at = EXCLUDED.created_at, used_steps = '{}'
                     WHERE second_factors.confirmed_at IS NULL
                    """)
                .run(of(secret).and("encrypted_secret", secret.ciphertext()))
                .map(rows -> rows > 0);
    }

    /** Turns TOTP on, with the code of this step as its first one; false if the secret is no longer the one to confirm. */
    Future<Boolean> confirm(StoredSecret secret, long step, Hashed codes, Origin origin) {
        var userId = secret.binding().userId();
        return database.query("""
                    UPDATE second_factors
                       SET confirmed_at = now(), used_steps = ARRAY[#{step}::bigint], recovery_salt = #{salt},
                           recovery_hashes = #{hashes}::bytea[]
                     WHERE user_id = #{user_id} AND secret_id = #{id} AND confirmed_at IS NULL
                    RETURNING cardinality(recovery_hashes) AS codes_left
                    """, FactorStore::codesLeft)
                .recording(left -> List.of(
                        SecurityEvent.own(SecurityEventType.MFA_ENABLED, userId, origin)
                                .with("method", "totp"),
                        codesCreated(userId, origin)))
                .one(of(secret).and("step", step).and("salt", codes.salt()).and("hashes", array(codes)))
                .map(Optional::isPresent);
    }

    /** Uses the code of a step up; false if it was used before, also at the same moment on another node. */
    Future<Boolean> useStep(StoredSecret secret, long step) {
        // Each of the last seven is kept: at most five steps can be accepted while one of them can.
        return database.query("""
                    UPDATE second_factors
                       SET used_steps = (used_steps || #{step}::bigint)[GREATEST(cardinality(used_steps) - 5, 1):]
                     WHERE user_id = #{user_id} AND secret_id = #{id} AND confirmed_at IS NOT NULL
                       AND NOT #{step}::bigint = ANY(used_steps)
                    """).run(of(secret).and("step", step)).map(rows -> rows > 0);
    }

    /** Uses a recovery code up; false if it is none, or was used before. */
    Future<Boolean> useCode(UUID userId, Buffer hash, Client client) {
        return database.query("""
                    UPDATE second_factors
                       SET recovery_hashes = array_remove(recovery_hashes, #{hash})
                     WHERE user_id = #{user_id} AND #{hash} = ANY(recovery_hashes)
                    RETURNING cardinality(recovery_hashes) AS codes_left
                    """, FactorStore::codesLeft)
                .recording(left -> List.of(SecurityEvent.own(SecurityEventType.MFA_CODE_USED, userId, Origin.of(client))
                        .with(LEFT, left)))
                .one(Parameters.of("user_id", userId).and("hash", hash))
                .map(Optional::isPresent);
    }

    /** Replaces the recovery codes; false if TOTP is off. */
    Future<Boolean> renewCodes(Caller caller, Hashed codes, Origin origin) {
        return database.query("""
                    UPDATE second_factors
                       SET recovery_salt = #{salt}, recovery_hashes = #{hashes}::bytea[]
                     WHERE user_id = #{user_id} AND confirmed_at IS NOT NULL
                    RETURNING cardinality(recovery_hashes) AS codes_left
                    """, FactorStore::codesLeft)
                .recording(left -> List.of(codesCreated(caller.userId(), origin)))
                .one(Parameters.of("user_id", caller.userId())
                        .and("salt", codes.salt())
                        .and("hashes", array(codes)))
                .map(Optional::isPresent);
    }

    Future<?> delete(Caller caller, Origin origin) {
        return database.query("""
                    DELETE FROM second_factors
                     WHERE user_id = #{user_id}
                    RETURNING confirmed_at IS NOT NULL AS is_on
                    """, row -> Rows.flag(row, "is_on"))
                .recording(wasOn -> wasOn
                        ? List.of(SecurityEvent.own(SecurityEventType.MFA_DISABLED, caller.userId(), origin)
                                .with("method", "totp"))
                        : List.of())
                .one(Parameters.of("user_id", caller.userId()));
    }

    @Override
    public Future<List<UserRow>> listPlaces(ApiKeys.Place after, int limit) {
        return database.acrossUsers()
                .query("""
                    SELECT user_id, secret_id AS id
                      FROM second_factors
                     WHERE user_id > #{after_user_id}
                     ORDER BY user_id
                     LIMIT #{limit}
                    """, UserRow::of)
                .list(Parameters.of("after_user_id", after.userId()).and("limit", limit));
    }

    @Override
    public Future<List<StoredSecret>> listOutdated(byte[] prefix, UUID userId, UUID[] ids) {
        return database.query("""
                    SELECT user_id, secret_id AS id, encrypted_secret
                      FROM second_factors
                     WHERE user_id = #{user_id} AND secret_id = ANY(#{ids})
                       AND substring(encrypted_secret FROM 1 FOR 5) <> #{prefix}
                    """, FactorStore::secret)
                .list(Parameters.of("prefix", Buffer.buffer(prefix))
                        .and("user_id", userId)
                        .and("ids", ids));
    }

    @Override
    public Future<Integer> reencrypt(StoredSecret outdated, Buffer ciphertext) {
        return database.query("""
                    UPDATE second_factors
                       SET encrypted_secret = #{encrypted_secret}
                     WHERE user_id = #{user_id} AND secret_id = #{id} AND encrypted_secret = #{outdated_secret}
                    """)
                .run(of(outdated).and("outdated_secret", outdated.ciphertext()).and("encrypted_secret", ciphertext));
    }

    static CiphertextBinding newBinding(UUID userId) {
        return new CiphertextBinding(userId, Ids.next());
    }

    private static SecurityEvent codesCreated(UUID userId, Origin origin) {
        return SecurityEvent.own(SecurityEventType.MFA_CODES_CREATED, userId, origin);
    }

    private static Parameters of(StoredSecret secret) {
        return Parameters.of("user_id", secret.binding().userId())
                .and("id", secret.binding().id());
    }

    private static Buffer[] array(Hashed codes) {
        return codes.hashes().toArray(Buffer[]::new);
    }

    private static AccountSecurity security(Row row) {
        return new AccountSecurity(
                Rows.flag(row, "has_password"),
                Rows.flag(row, "totp"),
                codesLeft(row),
                Math.toIntExact(Rows.bigint(row, "passkeys")),
                Math.toIntExact(Rows.bigint(row, "identities")));
    }

    private static int codesLeft(Row row) {
        return row.getInteger(LEFT);
    }

    private static StoredSecret secret(Row row) {
        return new StoredSecret(
                new CiphertextBinding(Rows.uuid(row, "user_id"), Rows.uuid(row, "id")),
                row.getBuffer("encrypted_secret"));
    }

    private static Factor factor(Row row) {
        return new Factor(secret(row), Rows.flag(row, "is_on"), row.getBuffer("recovery_salt"), codesLeft(row));
    }
}
