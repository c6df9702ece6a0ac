package io.parley.users.administration;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.User;
import io.parley.kernel.Ids;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.users.profile.Emails;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import java.util.List;

/** The SQL of what only the operator does, at the command line. */
final class OperatorStore {
    private final Database database;

    OperatorStore(Database database) {
        this.database = database;
    }

    /** Creates an administrator without a password, whose address the operator vouches for. Fails conflict if it is taken. */
    Future<User> insertAdministrator(String email) {
        return database.query("""
                    INSERT INTO users (id, email, role, email_verified)
                    VALUES (#{id}, #{email}, 'admin', true)
                    RETURNING\s""" + UserStore.COLUMNS, UserStore::user)
                .translating(Emails.TAKEN)
                .recording(user -> List.of(
                        SecurityEvent.about(SecurityEventType.ACCOUNT_REGISTERED, user.id(), null, Origin.LOCAL)))
                .only(Parameters.of("id", Ids.next()).and("email", Emails.normalized(email)));
    }
}
