package io.parley.gateway.routes.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Count;
import io.parley.contracts.Statistics.Figures;
import io.parley.contracts.users.Sessions.Ended;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.contracts.users.administration.Administration.Changed;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.gateway.http.EntityTags;
import io.parley.kernel.Caller;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdministrationRoutesTest {
    private static final String ADA = "/api/v1/admin/users/" + Fixtures.ADAS_ID;
    private static final Ended adasSession = new Ended(List.of(Fixtures.ADAS_SESSION));
    private final Deque<Record> received = new ConcurrentLinkedDeque<>();
    private TestGateway gateway;

    @BeforeEach
    void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Users.FIND, find -> Future.succeededFuture(Fixtures.adasAccount)));
        TestGateway.await(gateway.bus.answer(
                Administration.LIST,
                list -> answering(list.caller(), list, new Page<>(List.of(Fixtures.administeredAda), null))));
        TestGateway.await(gateway.bus.answer(
                Administration.FIND, find -> answering(find.caller(), find, Fixtures.administeredAda)));
        TestGateway.await(gateway.bus.answer(
                Administration.UPDATE,
                update -> answering(update.caller(), update, new Changed(Fixtures.administeredAda, adasSession))));
        TestGateway.await(
                gateway.bus.answer(Administration.DELETE, delete -> answering(delete.caller(), delete, adasSession)));
        for (var module : Statistics.MODULES)
            TestGateway.await(gateway.bus.answer(
                    Statistics.of(module),
                    ask -> answering(ask.caller(), ask, new Figures(List.of(new Count(module, 3)), 4096, 1, 2))));
    }

    private <T extends Record> Future<T> answering(Caller caller, Record query, T answer) {
        caller.requireAdmin();
        received.add(query);
        return Future.succeededFuture(answer);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void listsAccountsByFilters() {
        var response = asGrace("/api/v1/admin/users?q=ada&role=user&is_active=false&limit=10&order=asc");
        assertThat(TestGateway.json(response).getJsonArray("items")).hasSize(1);
        assertThat(received.getLast())
                .isEqualTo(new Administration.ListUsers(
                        Fixtures.grace,
                        new Administration.Filter("ada", Caller.Role.USER, false),
                        new PageRequest(null, 10, PageRequest.Order.ASC)));
    }

    @Test
    void listsAllWithoutFilters() {
        asGrace("/api/v1/admin/users");
        assertThat(received.getLast())
                .isEqualTo(new Administration.ListUsers(
                        Fixtures.grace,
                        new Administration.Filter(null, null, null),
                        new PageRequest(null, 50, PageRequest.Order.DESC)));
    }

    @ParameterizedTest
    @CsvSource({"q=, q", "role=root, role", "is_active=yes, is_active", "is_active, is_active", "name=ada, name"})
    void refusesFiltersByName(String query, String pointer) {
        var response = asGrace("/api/v1/admin/users?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
    }

    @Test
    void readsAnAccountWithItsVersion() {
        var response = asGrace(ADA);
        assertThat(response.headers().firstValue("ETag")).hasValue(EntityTags.of(Fixtures.administeredAda));
        assertThat(TestGateway.json(response).getString("email")).isEqualTo("ada@example.org");
    }

    @Test
    void refusesTokensOfAChangedAccountBeforeItAnswers() {
        assertThat(gateway.get("/api/v1/users/me").statusCode()).isEqualTo(200);
        var response = patch("{\"is_active\":false}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(TestGateway.json(response).getString("id")).isEqualTo(Fixtures.ADAS_ID.toString());
        assertThat(gateway.get("/api/v1/users/me").statusCode()).isEqualTo(401);
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        Administration.Update.class,
                        update -> assertThat(update.patch())
                                .isEqualTo(new AccountPatch(Patch.absent(), Patch.to(false))));
    }

    @Test
    void refusesTokensOfADeletedAccountBeforeItAnswers() {
        assertThat(gateway.send(gateway.asGrace(ADA).DELETE()).statusCode()).isEqualTo(204);
        assertThat(gateway.get("/api/v1/users/me").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"root\"}|/role",
                "{\"role\":null}|/role",
                "{\"is_active\":null}|/is_active",
                "{\"is_active\":\"true\"}|/is_active",
                "{\"email\":\"grace@example.org\"}|/email",
                "{\"is_superuser\":true}|/is_superuser"
            })
    void refusesAPatchWithAPointer(String body, String pointer) {
        var response = patch(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
    }

    @Test
    void joinsTheFiguresOfAllModules() {
        var stats = TestGateway.json(asGrace("/api/v1/admin/stats"));
        assertThat(stats.fieldNames()).containsExactly("users", "conversations", "messages", "tasks", "files", "bytes");
        assertThat(stats.getJsonObject("tasks"))
                .isEqualTo(
                        new JsonObject("{\"counts\":{\"tasks\":3},\"bytes\":4096,\"last_week\":1,\"last_month\":2}"));
        assertThat(stats.getLong("bytes")).isEqualTo(5 * 4096);
    }

    @Test
    void passesOnThatOnlyAdministratorsMay() {
        for (var path : List.of("/api/v1/admin/users", ADA, "/api/v1/admin/stats"))
            assertThat(gateway.get(path).statusCode()).as(path).isEqualTo(403);
        assertThat(gateway.send("PATCH", ADA, "{}").statusCode()).isEqualTo(403);
        assertThat(gateway.send(gateway.asAda(ADA).DELETE()).statusCode()).isEqualTo(403);
        assertThat(received).isEmpty();
    }

    private HttpResponse<String> asGrace(String path) {
        return gateway.send(gateway.asGrace(path));
    }

    private HttpResponse<String> patch(String body) {
        return gateway.send(gateway.asGrace(ADA)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }
}
