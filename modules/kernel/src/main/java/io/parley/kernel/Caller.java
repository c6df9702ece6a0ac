package io.parley.kernel;

import io.parley.kernel.access.Scope;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * The user on whose behalf a request is made. Only the gateway creates one, from a verified credential.
 *
 * @param scopes what the credential permits, with what those include
 */
public record Caller(UUID userId, Role role, Set<Scope> scopes) {
    public enum Role {
        USER,
        ADMIN
    }

    public Caller {
        scopes = scopes.equals(Scope.ALL) ? Scope.ALL : Scope.allOf(scopes);
    }

    /** Somebody with a session, which permits everything. */
    public Caller(UUID userId, Role role) {
        this(userId, role, Scope.ALL);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    public boolean may(Collection<Scope> all) {
        return scopes.containsAll(all);
    }

    /** Fails forbidden unless the access token names an administrator. */
    public void requireAdmin() {
        if (role != Role.ADMIN) throw Problem.adminsOnly();
    }
}
