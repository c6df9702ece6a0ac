package io.parley.users.profile;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.UserPatch;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.ModelsFake;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The instructions and the default model of a user. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class DefaultModelTest {
    private static final Client CLIENT = new Client("curl/8", "127.0.0.1");

    private final Bus bus;
    private final Database database;

    DefaultModelTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        var instances = UsersVerticle.instances(
                vertx,
                bus,
                database,
                UsersSettings.open(
                        new PasswordSettings(1, 3, 8), keys, SessionSettings.withoutClients(), LimitSettings.NONE));
        Answers.of(vertx.deployVerticle(instances.get()));
        Answers.of(ModelsFake.answer(bus));
    }

    @BeforeEach
    void clear() {
        run("UPDATE users SET instructions = NULL, default_provider = NULL, default_model = NULL");
    }

    @Test
    void areShownToTheUser() {
        var longest = "\uD83D\uDC26".repeat(20_000);

        var updated = Answers.of(update(Patch.to(longest), Patch.to("tern"), Patch.to("tern-2")));

        assertThat(updated)
                .returns(longest, User::instructions)
                .returns("tern", User::defaultProvider)
                .returns("tern-2", User::defaultModel);
        assertThat(find()).isEqualTo(updated);
        assertThat(Answers.of(update(Patch.absent(), Patch.absent(), Patch.absent())))
                .returns(longest, User::instructions)
                .returns("tern-2", User::defaultModel);
        assertThat(Answers.of(update(Patch.to(null), Patch.to(null), Patch.to(null))))
                .returns(null, User::instructions)
                .returns(null, User::defaultProvider)
                .returns(null, User::defaultModel);
    }

    @Test
    void areShownToAdministratorsWithoutTheInstructions() {
        Answers.of(update(Patch.to("Call me Countess."), Patch.to("tern"), Patch.to("tern-2")));

        var shown = Answers.of(bus.ask(Administration.FIND, new Administration.Find(margaret, ada.userId())));

        assertThat(shown)
                .returns("tern", AdministeredUser::defaultProvider)
                .returns("tern-2", AdministeredUser::defaultModel);
        assertThat(shown.toString()).doesNotContain("Countess");
    }

    @ParameterizedTest
    @CsvSource({
        // provider, model, pointer
        "gone, , /default_provider",
        "gone, tern-1, /default_provider",
        ", gone-1, /default_model",
        "tern, kea-1, /default_model",
        "'', , /default_provider",
        ", '', /default_model",
    })
    void refuseWhatTheUserCannotUse(String provider, String model, String pointer) {
        var before = find();

        var refused = problemOf(update(Patch.absent(), Patch.to(provider), Patch.to(model)));

        assertThat(refused.kind()).isEqualTo(Kind.INVALID);
        assertThat(refused.faults()).extracting(Problem.Fault::pointer).containsExactly(pointer);
        assertThat(find()).isEqualTo(before);
    }

    @Test
    void mustFitTheOtherOneThatIsStored() {
        Answers.of(update(Patch.absent(), Patch.to("tern"), Patch.to("tern-1")));

        assertThat(pointer(update(Patch.absent(), Patch.absent(), Patch.to("kea-1"))))
                .isEqualTo("/default_model");
        assertThat(pointer(update(Patch.absent(), Patch.to("kea"), Patch.absent())))
                .isEqualTo("/default_model");
        assertThat(Answers.of(update(Patch.absent(), Patch.absent(), Patch.to("tern-2")))
                        .defaultModel())
                .isEqualTo("tern-2");
    }

    @Test
    void canBeTakenAwayAlthoughTheyHaveDisappeared() {
        run("UPDATE users SET default_provider = 'gone', default_model = 'gone-1'");

        assertThat(Answers.of(update(Patch.absent(), Patch.to(null), Patch.absent()))
                        .defaultProvider())
                .isNull();
    }

    @Test
    void areRefusedIfTheAccountIsGone() {
        var nobody = new Caller(Ids.next(), Caller.Role.USER);
        var patch = patch(Patch.absent(), Patch.to("tern"), Patch.absent());

        assertThat(problemOf(bus.ask(Users.UPDATE, new Users.Update(nobody, Ids.next(), Versions.ANY, patch, CLIENT)))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/instructions", "/default_provider", "/default_model"})
    void haveALength(String pointer) {
        var value = Patch.to("x".repeat(pointer.equals("/instructions") ? 20_001 : 256));

        var patching = catchThrowableOfType(
                Problem.class,
                () -> patch(
                        pointer.equals("/instructions") ? value : Patch.absent(),
                        pointer.equals("/default_provider") ? value : Patch.absent(),
                        pointer.equals("/default_model") ? value : Patch.absent()));

        assertThat(patching.faults()).extracting(Problem.Fault::pointer).containsExactly(pointer);
    }

    private User find() {
        return Answers.of(bus.ask(Users.FIND, new Users.Find(ada)));
    }

    private Future<User> update(Patch<String> instructions, Patch<String> provider, Patch<String> model) {
        return bus.ask(
                Users.UPDATE,
                new Users.Update(ada, Ids.next(), Versions.ANY, patch(instructions, provider, model), CLIENT));
    }

    private static UserPatch patch(Patch<String> instructions, Patch<String> provider, Patch<String> model) {
        return new UserPatch(
                Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent(), instructions, provider, model, null);
    }

    private static String pointer(Future<?> refused) {
        return problemOf(refused).faults().get(0).pointer();
    }

    private void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
