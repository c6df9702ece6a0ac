package io.parley.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Sessions.Ended;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.None;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UserRoutesTest {
    private static final String ME = "/api/v1/users/me";
    private static final String CONFIRM = "/api/v1/auth/confirm";
    private static final Secret PASSWORD = new Secret("the engine weaves algebra");
    private static final String BODY = "{\"current_password\":\"the engine weaves algebra\"}";

    private static final Client CLIENT =
            new Client("Java-http-client/" + System.getProperty("java.version"), "127.0.0.1");

    private static TestGateway gateway;
    private static Users.@Nullable Update update;
    private static Users.@Nullable Delete delete;
    private static Users.@Nullable Confirm confirm;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Users.UPDATE, command -> {
            update = command;
            return command.patch().currentPassword() == null
                    ? Future.failedFuture(Problem.signInNotRecent())
                    : Future.succeededFuture(Fixtures.adasAccount);
        }));
        TestGateway.await(gateway.bus.answer(Users.DELETE, command -> {
            delete = command;
            return command.currentPassword() == null
                    ? Future.failedFuture(Problem.signInNotRecent())
                    : Future.succeededFuture(new Ended(List.of()));
        }));
        TestGateway.await(gateway.bus.answer(Users.CONFIRM, command -> {
            confirm = command;
            return Future.succeededFuture(None.NONE);
        }));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void saysThatAChangeNeedsARecentSignIn() {
        for (var response : List.of(
                gateway.send("PATCH", ME, "{\"email\":\"ada2@example.org\"}"),
                gateway.send("DELETE", ME, "{}"),
                gateway.send(gateway.asAda(ME).DELETE()))) {
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(TestGateway.json(response).fieldNames())
                    .containsExactly("type", "title", "status", "detail", "trace_id", "recent_sign_in_required");
            assertThat(TestGateway.json(response).getBoolean("recent_sign_in_required"))
                    .isTrue();
        }
    }

    @Test
    void passesSessionAndPasswordWithAChange() {
        var email = "\"email\":\"ada2@example.org\"";
        assertThat(gateway.send("PATCH", ME, "{" + email + "," + BODY.substring(1))
                        .statusCode())
                .isEqualTo(200);

        assertThat(update)
                .isEqualTo(new Users.Update(
                        Fixtures.ada,
                        Fixtures.ADAS_SESSION,
                        Versions.ANY,
                        new Users.UserPatch(
                                Patch.absent(), Patch.absent(), Patch.to("ada2@example.org"), Patch.absent(), PASSWORD),
                        CLIENT));
    }

    @Test
    void passesSessionAndPasswordWithADeletion() {
        assertThat(gateway.send("DELETE", ME, BODY).statusCode()).isEqualTo(204);

        assertThat(delete)
                .isEqualTo(new Users.Delete(Fixtures.ada, Fixtures.ADAS_SESSION, Versions.ANY, PASSWORD, CLIENT));
    }

    @Test
    void confirmsTheSession() {
        assertThat(gateway.send("POST", CONFIRM, BODY).statusCode()).isEqualTo(204);

        assertThat(confirm).isEqualTo(new Users.Confirm(Fixtures.ada, Fixtures.ADAS_SESSION, PASSWORD, CLIENT));
    }

    @Test
    void showsNoPasswordThatIsInTheWrongPlace() {
        for (var response : List.of(
                gateway.send("PATCH", ME, "{\"hush\":1}"),
                gateway.send("DELETE", ME, "{\"hush\":1}"),
                gateway.send("POST", CONFIRM, "{\"hush\":1}"))) {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).doesNotContain("hush");
        }
    }
}
