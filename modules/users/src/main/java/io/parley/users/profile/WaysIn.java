package io.parley.users.profile;

import io.parley.kernel.Problem;
import io.parley.storage.Parameters;
import java.util.List;

/**
 * The rule that an account keeps a way in: a password, a passkey or an identity at a provider that is set. A statement that could take one away
 * first locks the rows of all ways, always in the same order, and then decides by the locked rows: if two are removed at the same time, one
 * statement waits for the other and sees what is left.
 */
public final class WaysIn {
    /** Common table expressions: {@code kept} has a row if there is another way in than {@code #{id}}. */
    public static final String LOCKED = """
        WITH own_passkeys AS MATERIALIZED (
            SELECT id FROM passkeys WHERE user_id = #{user_id} ORDER BY id FOR UPDATE),
        own_identities AS MATERIALIZED (
            SELECT id, issuer FROM user_identities WHERE user_id = #{user_id} ORDER BY id FOR UPDATE),
        kept AS MATERIALIZED (
            SELECT id FROM users WHERE id = #{user_id} AND password_hash IS NOT NULL
            UNION ALL SELECT id FROM own_passkeys WHERE id <> #{id}
            UNION ALL SELECT id FROM own_identities WHERE id <> #{id} AND issuer = ANY(#{issuers}))
        """;

    private final String[] issuers;

    /** @param issuers of the providers at which people can sign in */
    public WaysIn(List<String> issuers) {
        this.issuers = issuers.toArray(String[]::new);
    }

    /** What {@link #LOCKED} needs beside the user and the id. */
    public Parameters parameters(Parameters parameters) {
        return parameters.and("issuers", issuers);
    }

    /** Why the last way in stays. */
    public static Problem lastOne() {
        return Problem.conflict(
                "", "It is the last way to sign in to this account. Set a password or add a passkey first.");
    }
}
