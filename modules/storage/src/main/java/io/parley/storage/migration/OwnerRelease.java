package io.parley.storage.migration;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Lets the owner of the tables see all rows while a migration runs, in the transaction of the migration. */
final class OwnerRelease implements Callback {
    private final List<String> released = new ArrayList<>();

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (var statement = context.getConnection().createStatement()) {
            if (event == Event.BEFORE_EACH_MIGRATE) release(statement);
            else RowSecurity.bindOwner(statement, released);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void release(Statement statement) throws SQLException {
        released.clear();
        released.addAll(RowSecurity.releaseOwner(statement));
    }

    @Override
    public String getCallbackName() {
        return "owner release";
    }
}
