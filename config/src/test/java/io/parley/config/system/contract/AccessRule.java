package io.parley.config.system.contract;

import io.parley.config.system.client.Operation;
import io.parley.config.system.rest.ChangeEventsIT;
import java.util.Map;

/** Who may call an operation. */
enum AccessRule {
    /** Anyone, without a token. */
    OPEN,
    /** Any user; it concerns only what the caller owns. */
    OWN,
    /** Any user; the response is an endless stream of the caller's own changes, which {@link ChangeEventsIT} tests. */
    STREAM,
    /** Only the owner of the resource named in the path. */
    ONE,
    /** Only administrators. */
    ADMIN;

    /** An unlisted operation fails the test: every new operation needs a decision. */
    static final Map<String, AccessRule> ALL = Map.ofEntries(
            Map.entry("register", OPEN),
            Map.entry("login", OPEN),
            Map.entry("findSignInOptions", OPEN),
            Map.entry("refresh", OPEN),
            Map.entry("logout", OPEN),
            Map.entry("changePassword", OWN),
            Map.entry("confirm", OWN),
            Map.entry("listSessions", OWN),
            Map.entry("endSession", ONE),
            Map.entry("loginWithSecondFactor", OPEN),
            Map.entry("findMySecurity", OWN),
            Map.entry("setUpTotp", OWN),
            Map.entry("confirmTotp", OWN),
            Map.entry("removeTotp", OWN),
            Map.entry("renewRecoveryCodes", OWN),
            Map.entry("resetSecondFactors", ADMIN),
            Map.entry("makeLoginOptions", OPEN),
            Map.entry("loginWithPasskey", OPEN),
            Map.entry("makePasskeyOptions", OWN),
            Map.entry("createPasskey", OWN),
            Map.entry("listPasskeys", OWN),
            Map.entry("renamePasskey", ONE),
            Map.entry("deletePasskey", ONE),
            Map.entry("chat", ONE),
            Map.entry("findTurn", ONE),
            Map.entry("regenerateTurn", ONE),
            Map.entry("stopTurn", ONE),
            Map.entry("followTurn", ONE),
            Map.entry("listModels", OWN),
            Map.entry("followChanges", STREAM),
            Map.entry("exportEverything", OWN),
            Map.entry("importEverything", OWN),
            Map.entry("findMe", OWN),
            Map.entry("updateMe", OWN),
            Map.entry("deleteMe", OWN),
            Map.entry("listSecurityEvents", OWN),
            Map.entry("createTask", OWN),
            Map.entry("listTasks", OWN),
            Map.entry("findTask", ONE),
            Map.entry("updateTask", ONE),
            Map.entry("deleteTask", ONE),
            Map.entry("restoreTask", ONE),
            Map.entry("createConversation", OWN),
            Map.entry("listConversations", OWN),
            Map.entry("findConversation", ONE),
            Map.entry("updateConversation", ONE),
            Map.entry("deleteConversation", ONE),
            Map.entry("restoreConversation", ONE),
            Map.entry("findConversationStats", ONE),
            Map.entry("findSummary", ONE),
            Map.entry("createSummary", ONE),
            Map.entry("postMessage", ONE),
            Map.entry("listConversationMessages", ONE),
            Map.entry("listMessages", OWN),
            Map.entry("findMessage", ONE),
            Map.entry("updateMessage", ONE),
            Map.entry("deleteMessage", ONE),
            Map.entry("restoreMessage", ONE),
            Map.entry("putFeedback", ONE),
            Map.entry("findFeedback", ONE),
            Map.entry("deleteFeedback", ONE),
            Map.entry("search", OWN),
            Map.entry("findUsage", OWN),
            Map.entry("createApiKey", OWN),
            Map.entry("listApiKeys", OWN),
            Map.entry("findApiKey", ONE),
            Map.entry("updateApiKey", ONE),
            Map.entry("deleteApiKey", ONE),
            Map.entry("listUsers", ADMIN),
            Map.entry("findUser", ADMIN),
            Map.entry("updateUser", ADMIN),
            Map.entry("deleteUser", ADMIN),
            Map.entry("createInvitation", ADMIN),
            Map.entry("listInvitations", ADMIN),
            Map.entry("revokeInvitation", ADMIN),
            Map.entry("findStats", ADMIN),
            Map.entry("listAuditedEvents", ADMIN),
            Map.entry("findMyLimits", OWN),
            Map.entry("findRoleLimits", ADMIN),
            Map.entry("putUserRoleLimits", ADMIN),
            Map.entry("putAdminRoleLimits", ADMIN),
            Map.entry("findUserLimits", ADMIN),
            Map.entry("putUserLimits", ADMIN),
            Map.entry("live", OPEN),
            Map.entry("ready", OPEN),
            Map.entry("openapi", OPEN),
            Map.entry("docs", OPEN));

    static AccessRule of(Operation operation) {
        return ALL.getOrDefault(operation.id(), ONE);
    }
}
