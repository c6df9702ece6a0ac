package io.parley.config.system;

import static io.parley.config.system.IsolationIT.Rule.ONE;
import static io.parley.config.system.IsolationIT.Rule.OPEN;
import static io.parley.config.system.IsolationIT.Rule.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody, another user, somebody who is gone, and the owner, each at every operation of the contract. */
@ExtendWith(ParleyExtension.class)
class IsolationIT {

    enum Rule {
        /** Anybody may. */
        OPEN,
        /** It is about the caller and what the caller owns, whoever that is. */
        OWN,
        /** It names one thing in its path, which only its owner may. */
        ONE
    }

    /** An operation that is not listed fails: whoever adds one decides whose it is. */
    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("register", OPEN),
            Map.entry("login", OPEN),
            Map.entry("refresh", OPEN),
            Map.entry("logout", OPEN),
            Map.entry("changePassword", OWN),
            Map.entry("listSessions", OWN),
            Map.entry("endSession", ONE),
            Map.entry("findMe", OWN),
            Map.entry("updateMe", OWN),
            Map.entry("deleteMe", OWN),
            Map.entry("createTask", OWN),
            Map.entry("listTasks", OWN),
            Map.entry("findTask", ONE),
            Map.entry("updateTask", ONE),
            Map.entry("deleteTask", ONE),
            Map.entry("createConversation", OWN),
            Map.entry("listConversations", OWN),
            Map.entry("findConversation", ONE),
            Map.entry("updateConversation", ONE),
            Map.entry("deleteConversation", ONE),
            Map.entry("postMessage", ONE),
            Map.entry("listConversationMessages", ONE),
            Map.entry("listMessages", OWN),
            Map.entry("findMessage", ONE),
            Map.entry("updateMessage", ONE),
            Map.entry("deleteMessage", ONE),
            Map.entry("live", OPEN),
            Map.entry("ready", OPEN),
            Map.entry("openapi", OPEN),
            Map.entry("docs", OPEN));

    private static Api anonymous;
    private static Scene scene;
    private static Person grace;
    private static Person gone;

    @BeforeAll
    static void setTheScene(Api api) {
        anonymous = api;
        scene = new Scene(api);
        grace = Person.registered(api, "grace");
        gone = Person.registered(api, "alan");
        gone.api().delete("/api/v1/users/me").expect(204);
    }

    static Stream<Operation> operations() {
        return Contract.SERVED.operations().stream();
    }

    static Stream<Operation> guarded() {
        return operations().filter(operation -> rule(operation) != OPEN);
    }

    static Stream<Operation> namingOne() {
        return operations().filter(operation -> rule(operation) == ONE);
    }

    static Stream<Operation> lists() {
        return guarded()
                .filter(operation -> operation.method().equals("GET"))
                .filter(operation -> rule(operation) == OWN)
                .filter(operation -> !operation.id().equals("findMe"));
    }

    private static Rule rule(Operation operation) {
        return RULES.getOrDefault(operation.id(), ONE);
    }

    @Test
    void hasARuleForEveryOperationThatFitsIt() {
        assertThat(operations()).extracting(Operation::id).containsExactlyInAnyOrderElementsOf(RULES.keySet());
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.open()).isEqualTo(rule(operation) == OPEN);
            assertThat(operation.namesOne()).isEqualTo(rule(operation) == ONE);
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void servesTheOwner(Operation operation) {
        var owner = scene.actor(operation);
        owner.api().send(scene.request(operation, owner)).expect(operation.success());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void servesNobodyWhatIsOpenAndNothingElse(Operation operation) {
        var request = scene.request(operation, scene.actor(operation));
        anonymous.send(request).expect(rule(operation) == OPEN ? operation.success() : 401);
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
    @MethodSource("namingOne")
    void refusesAnotherUserAndChangesNothing(Operation operation) {
        var ada = scene.actor(operation);
        var request = scene.request(operation, ada);
        var before = witness(ada, operation, request);

        grace.api().send(request).expect(403);

        assertThat(witness(ada, operation, request)).isEqualTo(before);
    }

    // What the owner sees of the thing and of what lies below it.
    private static List<String> witness(Person owner, Operation operation, Request request) {
        var things = Scene.creator(operation).flatMap(Contract.SERVED::reader);
        if (things.isEmpty())
            return owner.api().get("/api/v1/auth/sessions").json().findValuesAsText("id");
        var depth = things.get().path().split("/").length;
        var thing = Stream.of(request.target().split("/")).limit(depth).toList();
        return Stream.of(String.join("/", thing), request.target())
                .filter(path -> Contract.SERVED.serving("GET", path).isPresent())
                .map(path -> owner.api().get(path).expect(200).text())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void listsNothingOfAnotherUser(Operation operation) {
        var ada = scene.actor(operation);
        namingOne().forEach(each -> scene.request(each, ada));

        var others = grace.api().get(operation.path()).expect(200).json().get("items");
        var own = ada.api().get(operation.path()).expect(200).json().get("items");

        assertThat(own).isNotEmpty();
        assertThat(others.findValuesAsText("id")).doesNotContainAnyElementsOf(own.findValuesAsText("id"));
        assertThat(others.findValuesAsText("user_id")).allMatch(grace.id()::equals);
    }

    @Test
    void refusesLinksToWhatIsAnotherUsers() {
        var ada = scene.actor(Contract.SERVED.operation("findTask"));
        var conversation = created(ada, "/api/v1/conversations", "{}");
        var message = created(
                ada,
                "/api/v1/conversations/" + conversation + "/messages",
                "{\"role\":\"user\",\"content\":\"secret\"}");
        var task = created(grace, "/api/v1/tasks", "{\"title\":\"spy\"}");
        var place = "/api/v1/conversations/" + created(grace, "/api/v1/conversations", "{}") + "/messages";
        var link = "\"conversation_id\":\"" + conversation + "\"";

        grace.api().post("/api/v1/tasks", "{\"title\":\"spy\"," + link + "}").expect(403);
        grace.api().patch("/api/v1/tasks/" + task, "{" + link + "}").expect(403);
        var parent = grace.api().post(place, "{\"role\":\"user\",\"content\":\"x\",\"parent_id\":\"" + message + "\"}");
        assertThat(parent.status()).isBetween(400, 404);
        var taken = grace.api().post(place, "{\"role\":\"user\",\"content\":\"secret\",\"id\":\"" + message + "\"}");
        assertThat(taken.expect(409).text()).doesNotContain(conversation);
    }

    @Test
    void filtersNothingOutOfAnotherUsersConversation() {
        var ada = scene.actor(Contract.SERVED.operation("findTask"));
        var conversation = created(ada, "/api/v1/conversations", "{}");
        created(ada, "/api/v1/tasks", "{\"title\":\"secret\",\"conversation_id\":\"" + conversation + "\"}");

        JsonNode found = grace.api()
                .get("/api/v1/tasks?conversation_id=" + conversation)
                .expect(200)
                .json();
        assertThat(found.get("items")).isEmpty();
    }

    private static String created(Person owner, String list, String body) {
        return owner.api().post(list, body).expect(201).json().get("id").asText();
    }
}
