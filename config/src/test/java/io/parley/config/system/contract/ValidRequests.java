package io.parley.config.system.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Operation;
import io.parley.config.system.client.SampleValue;
import io.parley.config.system.client.TestFactors;
import io.parley.config.system.client.TestPasskey;
import io.parley.config.system.client.TestProvider;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A request for each operation that the operation accepts; creates what the request names. */
final class ValidRequests {
    private static final ApiContract contract = ApiContract.SERVED;

    /** Operations that end the account or the session that calls them. */
    private static final Set<String> CONSUMING = Set.of(
            "changePassword",
            "resetPassword",
            "verifyEmail",
            "confirmEmail",
            "confirmTotp",
            "deleteMe",
            "logout",
            "logoutInWebApp",
            "refresh",
            "refreshInWebApp");

    private final ApiClient anonymous;
    private final Optional<String> id;
    private final Map<String, TestUser> actors = new ConcurrentHashMap<>();
    private final Map<String, TestFactors> factors = new ConcurrentHashMap<>();
    private final Map<String, TestPasskey> passkeys = new ConcurrentHashMap<>();
    private final TestUser alan;

    /** Creates the resources that the requests name. */
    ValidRequests(ApiClient anonymous) {
        this(anonymous, Optional.empty());
    }

    /** Names the same id wherever a request names something, whether it exists or not. */
    static ValidRequests naming(ApiClient anonymous, String id) {
        return new ValidRequests(anonymous, Optional.of(id));
    }

    /** The status of the answer: no turn is running in a conversation that is named. */
    int success(Operation operation) {
        return operation.id().equals("resumeUiChat") ? 204 : operation.success();
    }

    private ValidRequests(ApiClient anonymous, Optional<String> id) {
        this.anonymous = anonymous;
        this.id = id;
        this.alan = TestUser.registered(anonymous, "alan");
    }

    /**
     * The user who sends the request: one for each operation, because operations run at the same time and the same odd ids
     * are sent to all of them. An operation that ends the account gets a new one each time.
     */
    TestUser actor(Operation operation) {
        return CONSUMING.contains(operation.id())
                ? TestUser.registered(anonymous, "ada")
                : actors.computeIfAbsent(operation.id(), id -> TestUser.registered(anonymous, "ada"));
    }

    /** A request for a resource that is created for it and belongs to this user. */
    ApiRequest request(Operation operation, TestUser owner) {
        if (operation.id().equals("renewRecoveryCodes")) factorsOf(owner);
        var target = operation.namesOne()
                ? operation.target().replace("{id}", madeFor(operation, owner))
                : operation.target().replace("{name}", TestProvider.NAME);
        var request = withHeaders(operation, owner, ApiRequest.of(operation.method(), target));
        if (operation.isUpload())
            return request.lines("{}\n")
                    .with("Content-Type", operation.bodies().keySet().iterator().next());
        return operation.bodies().isEmpty()
                ? request
                : request.json(body(operation, owner).toString());
    }

    private static ApiRequest withHeaders(Operation operation, TestUser owner, ApiRequest request) {
        var all = request;
        for (var header : operation.parametersIn("header"))
            if (header.required()) all = all.with(header.name(), header.sample());
        return operation.path().startsWith("/api/v1/web/") ? all.with("Cookie", "parley=" + owner.refreshToken()) : all;
    }

    /** The smallest body that the operation accepts. */
    ObjectNode body(Operation operation, TestUser owner) {
        var body = (ObjectNode)
                SampleValue.of(operation.bodies().values().iterator().next());
        switch (operation.id()) {
            case "register", "registerInWebApp" -> body.put("email", TestUser.address("grace"));
            case "forgotPassword", "sendVerification" -> body.put("email", owner.email());
            case "resetPassword" ->
                body.put("token", mailedToken(owner.email(), () -> askFor("password/forgot", owner)));
            case "verifyEmail" ->
                body.put("token", mailedToken(owner.email(), () -> askFor("verify-email/send", owner)));
            case "confirmEmail" -> {
                var address = TestUser.address("another");
                body.put(
                        "token",
                        mailedToken(
                                address,
                                () -> owner.api()
                                        .patch("/api/v1/users/me", email(address))
                                        .expect(200)));
            }
            case "login", "loginInWebApp" -> body.put("email", owner.email());
            case "refresh", "logout" -> body.put("refresh_token", owner.refreshToken());
            case "changePassword" -> body.put("current_password", owner.password());
            case "confirm" -> body.put("current_password", owner.password());
            case "createPasskey" -> body.set("credential", credentialFor(owner));
            case "loginWithPasskey", "loginWithPasskeyInWebApp" -> body.set("credential", assertionOf(owner));
            case "exchangeOidcCode", "exchangeOidcCodeInWebApp" -> body.put("code", signInCode());
            case "linkIdentity" -> body.put("link_code", linkCode());
            case "confirmTotp" -> body.put("code", codeFor(owner));
            case "loginWithSecondFactor", "loginWithSecondFactorInWebApp" -> {
                body.put("mfa_token", challengeFor(owner));
                body.put("recovery_code", factorsOf(owner).recoveryCode());
            }
            case "uiChat" -> {
                body.put("id", UUID.randomUUID().toString());
                body.set("message", Json.read("""
                        {"id": "HzLYWiSJGVEUQBhR", "role": "user", "parts": [{"type": "text", "text": "help"}]}
                        """));
            }
            case "postMessage" -> body.put("content", "Good morning.");
            case "chat" -> body.put("content", "help");
            // An address, so that no name server is asked; nobody listens there.
            case "createWebhook", "updateWebhook" -> body.put("url", "https://127.0.0.1:9/hook");
            case "createApiKey" -> body.put("alias", UUID.randomUUID().toString());
            default -> {}
        }
        return body;
    }

    // The token of the link in the mail that somebody asks for.
    private String mailedToken(String to, Runnable asking) {
        if (id.isPresent()) return "unknown";
        int mails = SharedJarExtension.MAILBOX.to(to).size();
        asking.run();
        return SharedJarExtension.MAILBOX.await(to, mails + 1).token();
    }

    private static void askFor(String path, TestUser owner) {
        owner.api().post("/api/v1/auth/" + path, email(owner.email())).expect(202);
    }

    private static String email(String address) {
        return Json.object().put("email", address).toString();
    }

    private TestFactors factorsOf(TestUser owner) {
        return id.isPresent() ? TestFactors.ANY : factors.computeIfAbsent(owner.id(), user -> TestFactors.of(owner));
    }

    private JsonNode credentialFor(TestUser owner) {
        if (id.isPresent()) return Json.object();
        var authenticator = TestPasskey.authenticator(anonymous);
        return Json.read(TestPasskey.creation(authenticator, owner)).get("credential");
    }

    private JsonNode assertionOf(TestUser owner) {
        if (id.isPresent()) return Json.object();
        return Json.read(passkeyOf(owner).assertion()).get("credential");
    }

    private String signInCode() {
        return id.isPresent() ? "sic_" : TestProvider.of(anonymous).signInCode();
    }

    private String linkCode() {
        return id.isPresent() ? "lnk_" : TestProvider.of(anonymous).linkCode();
    }

    private TestPasskey passkeyOf(TestUser owner) {
        return passkeys.computeIfAbsent(owner.id(), user -> TestPasskey.of(anonymous, owner));
    }

    private String codeFor(TestUser owner) {
        return id.isPresent()
                ? TestFactors.ANY.app().code()
                : TestFactors.setUp(owner).code();
    }

    private String challengeFor(TestUser owner) {
        if (id.isPresent()) return "mfa_";
        factorsOf(owner);
        return owner.login(owner.password()).expect(403).json().get("mfa_token").asText();
    }

    private String madeFor(Operation operation, TestUser owner) {
        if (id.isPresent()) return id.get();
        if (operation.path().endsWith("/limits") || operation.path().endsWith("/mfa"))
            return TestUser.registered(anonymous, "alan").id();
        if (operation.path().startsWith("/api/v1/admin/users/")) return alan.id();
        if (operation.path().startsWith("/api/v1/admin/invitations/")) return NamedResources.invitationOf(owner);
        if (operation.id().equals("unlinkIdentity"))
            return TestProvider.of(anonymous).linkedTo(owner);
        if (operation.id().equals("endGrant")) return NamedResources.grantOf(anonymous, owner);
        if (operation.id().equals("renamePasskey")) return passkeyOf(owner).id();
        if (operation.id().equals("deletePasskey"))
            return TestPasskey.of(anonymous, owner).id();
        if (operation.path().startsWith("/api/v1/chat/conversations/")) return NamedResources.conversationOf(owner);
        if (operation.path().startsWith("/api/v1/ui/chat/")) return NamedResources.conversationOf(owner);
        if (operation.path().startsWith("/api/v1/chat/turns/")) return NamedResources.turnOf(owner);
        if (operation.path().endsWith("/feedback")) return NamedResources.ratedAnswerOf(owner);
        if (operation.path().endsWith("/summary")) return NamedResources.summarisedConversationOf(owner);
        return creator(operation)
                .map(creator -> owner.api()
                        .send(request(creator, owner))
                        .expect(201)
                        .json()
                        .get("id")
                        .asText())
                .orElseGet(() -> NamedResources.sessionOf(owner));
    }

    /** The operation that creates the resource named in the path of this one, if there is any. */
    static Optional<Operation> creator(Operation operation) {
        var named = operation.path().replaceFirst("(\\{id}).*", "$1");
        return contract.operations().stream()
                .filter(each -> contract.reader(each)
                        .map(Operation::path)
                        .filter(named::equals)
                        .isPresent())
                .findFirst();
    }
}
