package io.parley.users.limits;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.limits.ChosenLimits;
import io.parley.contracts.limits.LimitChoices.ByRole;
import io.parley.contracts.limits.LimitChoices.ChosenForUser;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class LimitStoreTest {
    private static final ChosenLimits ALL = new ChosenLimits(
            "10/s", "100/d", "", Map.of("large", "1000/d"), 1_000_000L, 3_000_000_000L, 4, 8, 5_000_000_000L);
    private static final ChosenLimits TURNS = new ChosenLimits(null, "5/d", null, null, null, null, null, null, null);

    private final Database database;
    private final LimitStore store;

    LimitStoreTest(Database database) {
        this.database = database;
        this.store = new LimitStore(database);
    }

    @AfterEach
    void clear() {
        Answers.of(OwnerDatabase.of(database).query("DELETE FROM role_limits").run(Parameters.none()));
        Answers.of(store.setUser(ada.userId(), ChosenLimits.NONE));
    }

    @Test
    void replacesTheLimitsOfAUser() {
        assertThat(Answers.of(store.ofUser(ada.userId()))).isEqualTo(ChosenLimits.NONE);
        Answers.of(store.setUser(ada.userId(), ALL));
        assertThat(Answers.of(store.ofUser(ada.userId()))).isEqualTo(ALL);
        Answers.of(store.setUser(ada.userId(), TURNS));
        assertThat(Answers.of(store.ofUser(ada.userId()))).isEqualTo(TURNS);
        assertThat(Answers.of(store.ofUsers())).containsExactly(new ChosenForUser(ada.userId(), TURNS));
        Answers.of(store.setUser(ada.userId(), ChosenLimits.NONE));
        assertThat(Answers.of(store.ofUsers())).isEmpty();
    }

    @Test
    void replacesTheLimitsOfARole() {
        Answers.of(store.setRole(Role.USER, ALL));
        Answers.of(store.setRole(Role.USER, TURNS));
        Answers.of(store.setRole(Role.ADMIN, ALL));

        assertThat(Answers.of(store.roles())).isEqualTo(new ByRole(TURNS, ALL));
        assertThat(Answers.of(store.ofRoleOf(ada.userId()))).isEqualTo(TURNS);
    }

    @Test
    void inheritWhatIsNotChosen() {
        assertThat(TURNS.orElse(ALL).turns()).isEqualTo("5/d");
        assertThat(TURNS.orElse(ALL).rows()).isEqualTo(1_000_000L);
    }

    @Test
    void refuseWhatIsNoRate() {
        assertThatThrownBy(() -> new ChosenLimits("ten", null, null, null, null, null, null, null, null))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.faults())
                                .extracting(Problem.Fault::pointer)
                                .containsExactly("/requests"));
    }
}
