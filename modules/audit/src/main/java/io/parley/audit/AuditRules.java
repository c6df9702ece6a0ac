package io.parley.audit;

import io.parley.contracts.audit.Audit;
import io.parley.contracts.audit.AuditedEvent;
import io.parley.contracts.audit.OwnSecurityEvent;
import io.parley.contracts.users.administration.Administration;
import io.parley.kernel.Bus;
import io.parley.kernel.Page;
import io.vertx.core.Future;

/** Who may read security events: users those of their own account, administrators all. */
final class AuditRules {
    private final Bus bus;
    private final AuditStore store;

    AuditRules(Bus bus, AuditStore store) {
        this.bus = bus;
        this.store = store;
    }

    Future<Page<OwnSecurityEvent>> listOwn(Audit.ListOwn query) {
        return store.listOwn(query);
    }

    // The role in the access token may be out of date, and only the users module knows.
    Future<Page<AuditedEvent>> list(Audit.ListAll query) {
        var caller = query.caller();
        caller.requireAdmin();
        return bus.ask(Administration.FIND, new Administration.Find(caller, caller.userId()))
                .compose(admin -> store.list(query));
    }
}
