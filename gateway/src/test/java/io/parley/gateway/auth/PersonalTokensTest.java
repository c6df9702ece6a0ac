package io.parley.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.search.Search;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.tokens.Tokens.Checked;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Sessions.Ended;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with personal tokens, of which the users module is asked once a minute. */
class PersonalTokensTest {
    private static final Map<String, Checked> tokens = new ConcurrentHashMap<>();
    private static final AtomicInteger checks = new AtomicInteger();
    private static final Deque<Search.Type> searched = new ConcurrentLinkedDeque<>();
    private static final Deque<Caller> callers = new ConcurrentLinkedDeque<>();
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Tokens.CHECK, query -> {
            checks.incrementAndGet();
            var found = tokens.get(query.token().value());
            return found == null
                    ? Future.failedFuture(Problem.unauthenticated("The access token is not valid."))
                    : Future.succeededFuture(found);
        }));
        TestGateway.await(gateway.bus.answer(Tasks.LIST, query -> {
            callers.add(query.caller());
            return Future.succeededFuture(new Page<>(List.of(), null));
        }));
        for (var type : List.of(Search.Type.TASK, Search.Type.CONVERSATION))
            TestGateway.await(gateway.bus.answer(
                    Search.unsearched(type), query -> Future.succeededFuture(Search.Unsearched.NONE)));
        for (var type : Search.Type.values())
            TestGateway.await(gateway.bus.answer(Search.of(type), query -> {
                searched.add(type);
                return Future.succeededFuture(new Search.Results(List.of(), false, Instant.now()));
            }));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void actForTheirOwnerWithinTheirScopes() {
        var token = issue(null, Scope.TASKS_WRITE);

        assertThat(get("/api/v1/tasks", token).statusCode()).isEqualTo(200);
        assertThat(callers.getLast())
                .isEqualTo(new Caller(Fixtures.ADAS_ID, Caller.Role.USER, Set.of(Scope.TASKS_READ, Scope.TASKS_WRITE)));
    }

    @Test
    void areLookedUpOnce() {
        var token = issue(null, Scope.TASKS_READ);
        int before = checks.get();

        for (int request = 0; request < 3; request++) get("/api/v1/tasks", token);

        assertThat(checks.get() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/conversations, conversations:read",
        "POST, /api/v1/tasks, tasks:write",
        "DELETE, /api/v1/tasks/019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b12, tasks:write",
        "GET, /api/v1/analytics/usage, tasks:read conversations:read",
        "GET, /api/v1/chat/turns/019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b12, chat"
    })
    void areToldWhichScopesTheyLack(String method, String path, String scopes) {
        var response = gateway.send(gateway.request(path)
                .header("Authorization", "Bearer " + issue(null, Scope.TASKS_READ))
                .method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"parley\", resource_metadata=\"http://127.0.0.1:" + gateway.port()
                        + "/.well-known/oauth-protected-resource/mcp\", error=\"insufficient_scope\", scope=\"" + scopes
                        + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/tokens",
                "/api/v1/auth/sessions",
                "/api/v1/api-keys",
                "/api/v1/admin/users",
                "/api/v1/export",
                "/api/v1/users/me/security-events"
            })
    void doNotManageTheAccount(String path) {
        var response = get(path, issue(null, Scope.values()));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void findOnlyWhatTheyMayRead() {
        searched.clear();
        assertThat(get("/api/v1/search?q=loom", issue(null, Scope.TASKS_READ)).statusCode())
                .isEqualTo(200);
        assertThat(searched).containsExactly(Search.Type.TASK);

        searched.clear();
        assertThat(get("/api/v1/search?q=loom", issue(null, Scope.CHAT)).body())
                .isEqualTo("{\"items\":[],\"next_cursor\":null,\"not_searched\":{\"conversations\":0,\"tasks\":0}}");
        assertThat(searched).isEmpty();
    }

    @Test
    void endAtOnceOnEveryNode() {
        var token = issue(null, Scope.TASKS_READ);
        assertThat(get("/api/v1/tasks", token).statusCode()).isEqualTo(200);

        gateway.bus.publish(Sessions.ENDED, new Ended(List.of(tokens.get(token).id())));

        var response = get("/api/v1/tasks", token);
        while (response.statusCode() == 200) response = get("/api/v1/tasks", token);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"invalid_token\"");
    }

    @Test
    void endWhenTheyExpire() {
        var token = issue(Instant.now(), Scope.TASKS_READ);
        get("/api/v1/tasks", token);
        tokens.remove(token);

        assertThat(get("/api/v1/tasks", token).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pat_", "pat_short", "pat_0123456789012345678901234567890123456789012", "PAT_0"})
    void areRefusedIfNobodyHasThem(String token) {
        assertThat(get("/api/v1/tasks", token).statusCode()).isEqualTo(401);
    }

    @Test
    void areNoPartOfTheQuery() {
        var token = issue(null, Scope.TASKS_READ);
        assertThat(gateway.send(gateway.request("/api/v1/tasks?access_token=" + token))
                        .statusCode())
                .isEqualTo(401);
    }

    private static String issue(@Nullable Instant expiresAt, Scope... scopes) {
        var id = Ids.next();
        var token = "pat_" + Fixtures.base64(id.toString()).substring(0, 43);
        tokens.put(token, new Checked(id, Fixtures.ADAS_ID, Caller.Role.USER, List.of(scopes), expiresAt));
        return token;
    }

    private static HttpResponse<String> get(String path, String token) {
        return gateway.send(gateway.request(path).header("Authorization", "Bearer " + token));
    }
}
