package io.parley.users.administration;

import static io.parley.users.UsersScene.CLIENT;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.contracts.users.administration.Administration.Changed;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Ids;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.UUID;

/** One administrator, and the accounts that a test adds. */
final class AdministrationScene {
    static final AccountPatch DEMOTE = new AccountPatch(Patch.to(Role.USER), Patch.absent());
    static final AccountPatch DEACTIVATE = new AccountPatch(Patch.absent(), Patch.to(false));

    private final Bus bus;
    private final Database database;
    private Caller root;

    /** Margaret, an administrator in the fixtures, is an ordinary user here; her token may still say administrator. */
    AdministrationScene(Bus bus, Database database) {
        this.bus = bus;
        this.database = OwnerDatabase.of(database);
        this.root = begin();
    }

    Caller root() {
        return root;
    }

    /** Begins anew with one administrator, who is returned. */
    Caller begin() {
        Answers.of(database.query("UPDATE users SET role = 'user'").run(Parameters.none()));
        root = admin("root");
        return root;
    }

    Caller admin(String name) {
        return new Caller(insert(name, Role.ADMIN), Role.ADMIN);
    }

    int activeAdmins() {
        return Answers.of(database.query("SELECT id FROM users WHERE role = 'admin' AND is_active")
                        .list(Parameters.none()))
                .size();
    }

    UUID insert(String name, Role role) {
        var id = Ids.next();
        Answers.of(database.query("""
                INSERT INTO users (id, email, password_hash, role) VALUES (#{id}, #{email}, '-', #{role})
                """)
                .run(Parameters.of("id", id)
                        .and("email", (name + "@" + id + ".org").toLowerCase(Locale.ROOT))
                        .and("role", role)));
        return id;
    }

    AdministeredUser find(UUID id) {
        return Answers.of(bus.ask(Administration.FIND, new Administration.Find(root, id)));
    }

    Future<Changed> update(Caller caller, UUID id, AccountPatch patch) {
        return bus.ask(Administration.UPDATE, new Administration.Update(caller, id, Versions.ANY, patch, Origin.LOCAL));
    }

    Future<Sessions.Ended> delete(Caller caller, UUID id) {
        return bus.ask(Administration.DELETE, new Administration.Delete(caller, id, Versions.ANY, Origin.LOCAL));
    }

    Future<Sessions.Ended> deleteOwn(Caller caller, Versions versions) {
        return bus.ask(Users.DELETE, new Users.Delete(caller, insertSession(caller), versions, null, CLIENT));
    }

    private UUID insertSession(Caller caller) {
        var id = Ids.next();
        Answers.of(database.query("""
                INSERT INTO sessions (id, user_id, token_hash, family_id, expires_at)
                VALUES (#{id}, #{user_id}, sha256(#{id}::uuid::text::bytea), #{id}, now() + interval '1 day')
                """).run(Parameters.of("id", id).and("user_id", caller.userId())));
        return id;
    }
}
