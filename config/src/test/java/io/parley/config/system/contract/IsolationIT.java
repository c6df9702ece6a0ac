package io.parley.config.system.contract;

import static io.parley.config.system.contract.AccessRule.ADMIN;
import static io.parley.config.system.contract.AccessRule.ONE;
import static io.parley.config.system.contract.AccessRule.OPEN;
import static io.parley.config.system.contract.AccessRule.OWN;
import static io.parley.config.system.contract.AccessRule.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Operation;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the contract, called by an anonymous client, another user, a deleted user and the owner. */
@ExtendWith(SharedJarExtension.class)
class IsolationIT {

    /** Operations that return nothing of the caller's with an id. {@code AuditIT} compares the security events of two users. */
    private static final Set<String> NO_LISTS =
            Set.of("listModels", "findMe", "findMySecurity", "findMyLimits", "findUsage", "listSecurityEvents");

    private static ApiClient anonymous;
    private static ValidRequests scene;
    private static TestUser grace;
    private static TestUser gone;

    @BeforeAll
    static void setTheScene(ApiClient api) {
        anonymous = api;
        scene = new ValidRequests(api);
        grace = TestUser.registered(api, "grace");
        gone = TestUser.registered(api, "alan");
        gone.api().delete("/api/v1/users/me").expect(204);
    }

    static Stream<Operation> operations() {
        return ApiContract.SERVED.operations().stream();
    }

    static Stream<Operation> guarded() {
        return operations().filter(operation -> AccessRule.of(operation) != OPEN);
    }

    static Stream<Operation> forEverybody() {
        return operations()
                .filter(operation -> AccessRule.of(operation) != ADMIN && AccessRule.of(operation) != STREAM);
    }

    static Stream<Operation> forAdministrators() {
        return operations().filter(operation -> AccessRule.of(operation) == ADMIN);
    }

    static Stream<Operation> namingOne() {
        return operations().filter(operation -> AccessRule.of(operation) == ONE);
    }

    static Stream<Operation> lists() {
        return guarded()
                .filter(operation -> operation.method().equals("GET"))
                .filter(operation -> AccessRule.of(operation) == OWN)
                .filter(operation -> !NO_LISTS.contains(operation.id()));
    }

    @Test
    void hasARuleForEveryOperationThatFitsIt() {
        assertThat(operations()).extracting(Operation::id).containsExactlyInAnyOrderElementsOf(AccessRule.ALL.keySet());
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.open()).isEqualTo(AccessRule.of(operation) == OPEN);
            assertThat(operation.namesOne() || AccessRule.of(operation) != ONE).isTrue();
            assertThat(operation.namesOne() && AccessRule.of(operation) == OWN).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("forEverybody")
    void servesTheOwner(Operation operation) {
        var owner = scene.actor(operation);
        owner.api().send(scene.request(operation, owner)).expect(scene.success(operation));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void servesNobodyWhatIsOpenAndNothingElse(Operation operation) {
        var request = scene.request(operation, scene.actor(operation));
        anonymous.send(request).expect(AccessRule.of(operation) == OPEN ? operation.success() : 401);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void refusesSomebodyWhoIsGone(Operation operation) {
        gone.api().send(scene.request(operation, scene.actor(operation))).expect(401);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void refusesForgedTokens(Operation operation) {
        var ada = scene.actor(operation);
        var request = scene.request(operation, ada);
        for (var forged : ForgedTokens.from(ada.accessToken()))
            anonymous.as(forged).send(request).expect(401);
    }

    @ParameterizedTest
    @MethodSource("forAdministrators")
    void refusesWhoIsNoAdministrator(Operation operation) {
        var ada = scene.actor(operation);
        ada.api().send(scene.request(operation, ada)).expect(403);
    }

    @ParameterizedTest
    @MethodSource("namingOne")
    void refusesAnotherUserAndChangesNothing(Operation operation) {
        var ada = scene.actor(operation);
        var request = scene.request(operation, ada);
        var before = witness(ada, operation, request);

        grace.api().send(request).expect(403);

        assertThat(witness(ada, operation, request)).isEqualTo(before);
    }

    // What the owner sees of the resource and of those below it.
    private static List<String> witness(TestUser owner, Operation operation, ApiRequest request) {
        var things = ValidRequests.creator(operation).flatMap(ApiContract.SERVED::reader);
        if (things.isEmpty())
            return owner.api().get("/api/v1/auth/sessions").json().findValuesAsText("id");
        var depth = things.get().path().split("/").length;
        var thing = Stream.of(request.target().split("/")).limit(depth).toList();
        return Stream.of(String.join("/", thing), request.target())
                .filter(path -> ApiContract.SERVED.serving("GET", path).isPresent())
                .map(path -> owner.api().get(path).expect(200).text())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void listsNothingOfAnotherUser(Operation operation) {
        var ada = scene.actor(operation);
        namingOne().forEach(each -> scene.request(each, ada));

        var others = grace.api().get(operation.target()).expect(200);
        var own = ada.api().get(operation.target()).expect(200);

        assertThat(values(own, "id")).isNotEmpty();
        assertThat(values(others, "id")).doesNotContainAnyElementsOf(values(own, "id"));
        assertThat(values(others, "user_id")).allMatch(grace.id()::equals);
    }

    private static List<String> values(ApiResponse answer, String field) {
        return answer.text()
                .lines()
                .flatMap(line -> Json.read(line).findValuesAsText(field).stream())
                .toList();
    }
}
