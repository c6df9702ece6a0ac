package io.parley.users.invitations;

import io.parley.contracts.users.administration.Invitation;
import io.parley.contracts.users.administration.Invitations;
import io.parley.contracts.users.administration.Invitations.InvitationDraft;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.users.links.LinkToken;
import io.parley.users.profile.Emails;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the table {@code invitations}, which belongs to no user. */
final class InvitationStore {
    private static final String COLUMNS = " id, email, role, created_at, expires_at, used_at ";

    private final Database database;

    InvitationStore(Database database) {
        this.database = database;
    }

    /** Its role is read from the account, because that in the access token may be out of date. */
    Future<Boolean> isAdmin(Caller caller) {
        return database.query(
                        "SELECT role = 'admin' AND is_active AS is_admin FROM users WHERE id = #{id}",
                        row -> Rows.flag(row, "is_admin"))
                .one(Parameters.of("id", caller.userId()))
                .map(found -> found.orElse(false));
    }

    Future<Invitation> insert(InvitationDraft draft, Instant expiresAt, LinkToken token) {
        return database.query("""
                    INSERT INTO invitations (id, token_hash, email, role, expires_at)
                    VALUES (#{id}, #{token_hash}, #{email}, #{role}, #{expires_at})
                    RETURNING""" + COLUMNS, InvitationStore::invitation)
                .only(Parameters.of("id", Ids.next())
                        .and("token_hash", token.hash())
                        .and("email", draft.email() == null ? null : Emails.normalized(draft.email()))
                        .and(
                                "role",
                                Objects.requireNonNullElse(draft.role(), Role.USER)
                                        .name()
                                        .toLowerCase(Locale.ROOT))
                        .and("expires_at", expiresAt.atOffset(ZoneOffset.UTC)));
    }

    /** Sets the token that is mailed, in place of one that was mailed before. No row if nobody can use the invitation any more. */
    Future<Integer> setMailedToken(UUID id, LinkToken token) {
        return database.query("""
                    UPDATE invitations
                       SET mailed_token_hash = #{token_hash}
                     WHERE id = #{id} AND used_at IS NULL AND expires_at > now()
                    """).run(Parameters.of("id", id).and("token_hash", token.hash()));
    }

    /** @param since when they expired at the earliest */
    Future<Page<Invitation>> list(Invitations.ListAll query, Instant since) {
        return new Listing<>(
                        database,
                        "SELECT" + COLUMNS + "FROM invitations WHERE true",
                        List.of(),
                        "created_at",
                        "id",
                        InvitationStore::invitation,
                        invitation -> new Cursor(invitation.createdAt(), invitation.id()))
                .page(Conditions.of("expires_at > #{since}", "since", since.atOffset(ZoneOffset.UTC)), query.page());
    }

    /** Returns the number of deleted rows. */
    Future<Integer> deleteExpired(Instant before) {
        return database.query("DELETE FROM invitations WHERE expires_at < #{before}")
                .run(Parameters.of("before", before.atOffset(ZoneOffset.UTC)));
    }

    Future<Integer> delete(UUID id) {
        return database.query("DELETE FROM invitations WHERE id = #{id}").run(Parameters.of("id", id));
    }

    /** Returns it if it permits the e-mail address to register now; then nobody else can use it any more. */
    Future<Optional<Invitation>> use(LinkToken token, String email) {
        return database.query("""
                    UPDATE invitations
                       SET used_at = now()
                     WHERE (token_hash = #{token_hash} OR mailed_token_hash = #{token_hash})
                       AND used_at IS NULL AND expires_at > now()
                       AND (email IS NULL OR email = #{email})
                    RETURNING""" + COLUMNS, InvitationStore::invitation)
                .one(Parameters.of("token_hash", token.hash()).and("email", email));
    }

    /** Undoes {@link #use}. */
    Future<Integer> giveBack(UUID id) {
        return database.query("UPDATE invitations SET used_at = NULL WHERE id = #{id}")
                .run(Parameters.of("id", id));
    }

    private static Invitation invitation(Row row) {
        return new Invitation(
                Rows.uuid(row, "id"),
                Rows.nullableText(row, "email"),
                Rows.choice(row, "role", Role.class),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "expires_at"),
                Rows.nullableInstant(row, "used_at"));
    }
}
