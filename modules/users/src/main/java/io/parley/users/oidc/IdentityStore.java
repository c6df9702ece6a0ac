package io.parley.users.oidc;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.TimeZones;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.identities.Identities;
import io.parley.contracts.users.identities.Identity;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.users.profile.Emails;
import io.parley.users.profile.WaysIn;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the table {@code user_identities}. */
final class IdentityStore {
    private static final String COLUMNS = " id, provider, email, created_at, last_used_at ";

    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_user_identities_user", Problem.unauthenticated("The account no longer exists."),
            "uq_user_identities_user_id_issuer_subject", Problem.conflict("/link_code", "It is linked already."),
            "pk_user_identities", Problem.conflict("/link_code", "It is linked already."));

    private final Database database;
    private final WaysIn waysIn;
    private final Ownership ownership;

    /** Whose identity it is. */
    record Owner(UUID userId, UUID identityId) {}

    IdentityStore(Database database, WaysIn waysIn) {
        this.database = database;
        this.waysIn = waysIn;
        this.ownership = new Ownership(
                database, "identity", "SELECT user_id, true AS live FROM user_identities WHERE id = #{id}");
    }

    /** To whose accounts it is linked, oldest first: one, unless two users link the same one at this moment. */
    Future<List<Owner>> owners(ForeignIdentity identity) {
        return database.acrossUsers()
                .query("""
                    SELECT user_id, id FROM user_identities
                     WHERE issuer = #{issuer} AND subject = #{subject}
                     ORDER BY created_at, user_id
                     LIMIT 2
                    """, row -> new Owner(Rows.uuid(row, "user_id"), Rows.uuid(row, "id")))
                .list(Parameters.of("issuer", identity.issuer()).and("subject", identity.subject()));
    }

    /** Records a use, and returns the issuer; empty if it is not linked any more. */
    Future<Optional<String>> use(Owner owner) {
        return database.query("""
                    UPDATE user_identities SET last_used_at = now()
                     WHERE user_id = #{user_id} AND id = #{id}
                    RETURNING issuer
                    """, row -> Rows.text(row, "issuer"))
                .one(Parameters.of("user_id", owner.userId()).and("id", owner.identityId()));
    }

    /**
     * Creates an account without a password, and links the identity. Fails conflict if the e-mail address is taken.
     *
     * @param email the identity's
     */
    Future<Owner> register(ForeignIdentity identity, String email, boolean isVerified, Client client) {
        var owner = new Owner(Ids.next(), Ids.next());
        return database.query("""
                    WITH created AS (
                        INSERT INTO users (id, email, email_verified, name, role, time_zone)
                        VALUES (#{user_id}, #{email}, #{email_verified}, #{name}, 'user', #{time_zone})
                        RETURNING id),
                    linked AS (
                        INSERT INTO user_identities (user_id, id, provider, issuer, subject, email)
                        VALUES (#{user_id}, #{id}, #{provider}, #{issuer}, #{subject}, #{email})
                        RETURNING id)
                    SELECT created.id FROM created CROSS JOIN linked
                    """, row -> owner)
                .translating(with(Emails.TAKEN))
                .recording(made -> List.of(
                        SecurityEvent.own(SecurityEventType.ACCOUNT_REGISTERED, owner.userId(), Origin.of(client)),
                        linked(owner, identity.provider(), Origin.of(client))))
                .only(rowOf(owner.userId(), owner.identityId(), identity)
                        .and("email", email)
                        .and("email_verified", isVerified)
                        .and("name", identity.name())
                        .and("time_zone", TimeZones.DEFAULT));
    }

    private static Map<String, Problem> with(Map<String, Problem> more) {
        var all = new HashMap<>(CONSTRAINTS);
        all.putAll(more);
        return all;
    }

    /** Fails conflict if the user has it already. */
    Future<Identity> link(Identities.Link command, ForeignIdentity identity) {
        var userId = command.caller().userId();
        return database.query("""
                    INSERT INTO user_identities (user_id, id, provider, issuer, subject, email)
                    VALUES (#{user_id}, #{id}, #{provider}, #{issuer}, #{subject}, #{email})
                    RETURNING""" + COLUMNS, IdentityStore::identity)
                .translating(CONSTRAINTS)
                .recording(made -> List.of(linked(new Owner(userId, made.id()), identity.provider(), command.origin())))
                .only(rowOf(userId, command.id(), identity).and("email", identity.email()));
    }

    /** Oldest first. */
    Future<List<Identity>> list(Caller caller) {
        return database.query("SELECT" + COLUMNS + """
                     FROM user_identities WHERE user_id = #{user_id} ORDER BY created_at, id LIMIT #{limit}
                    """, IdentityStore::identity)
                .list(Parameters.of("user_id", caller.userId()).and("limit", Identities.MOST_OF_A_USER));
    }

    /** Takes back a link that must not be. */
    Future<?> revert(Identities.Link command) {
        return delete(
                "DELETE FROM user_identities WHERE user_id = #{user_id} AND id = #{id} RETURNING provider",
                Parameters.of("user_id", command.caller().userId()).and("id", command.id()),
                command.caller(),
                command.id(),
                command.origin());
    }

    /** Fails not-found, forbidden, or conflict if it is the last way into the account. */
    Future<None> unlink(Identities.Unlink command) {
        var caller = command.caller();
        var row = Parameters.of("user_id", caller.userId()).and("id", command.id());
        return ownership
                .change(
                        () -> delete(
                                        WaysIn.LOCKED + """
                        DELETE FROM user_identities
                         WHERE user_id = #{user_id} AND id = #{id} AND EXISTS (SELECT FROM kept)
                        RETURNING provider
                        """,
                                        waysIn.parameters(row),
                                        caller,
                                        command.id(),
                                        command.origin())
                                .compose(deleted -> deleted.isPresent()
                                        ? Future.succeededFuture(deleted)
                                        : requireNone(caller, command.id())),
                        caller,
                        command.id())
                .map(None.NONE);
    }

    private Future<Optional<String>> delete(String sql, Parameters parameters, Caller caller, UUID id, Origin origin) {
        return database.query(sql, row -> Rows.text(row, "provider"))
                .recording(provider -> List.of(
                        event(SecurityEventType.IDENTITY_UNLINKED, new Owner(caller.userId(), id), provider, origin)))
                .one(parameters);
    }

    private Future<Optional<String>> requireNone(Caller caller, UUID id) {
        return database.query("SELECT id FROM user_identities WHERE user_id = #{user_id} AND id = #{id}")
                .one(Parameters.of("user_id", caller.userId()).and("id", id))
                .compose(found -> found.isPresent()
                        ? Future.failedFuture(WaysIn.lastOne())
                        : Future.succeededFuture(Optional.empty()));
    }

    private static Parameters rowOf(UUID userId, UUID id, ForeignIdentity identity) {
        return Parameters.of("user_id", userId)
                .and("id", id)
                .and("provider", identity.provider())
                .and("issuer", identity.issuer())
                .and("subject", identity.subject());
    }

    private static SecurityEvent linked(Owner owner, String provider, Origin origin) {
        return event(SecurityEventType.IDENTITY_LINKED, owner, provider, origin);
    }

    // Without the address at the provider, which may belong to no account.
    private static SecurityEvent event(SecurityEventType type, Owner owner, String provider, Origin origin) {
        return SecurityEvent.own(type, owner.userId(), origin)
                .with("identity_id", owner.identityId().toString())
                .with("provider", provider);
    }

    private static Identity identity(Row row) {
        return new Identity(
                Rows.uuid(row, "id"),
                Rows.text(row, "provider"),
                Rows.nullableText(row, "email"),
                Rows.instant(row, "created_at"),
                Rows.nullableInstant(row, "last_used_at"));
    }
}
