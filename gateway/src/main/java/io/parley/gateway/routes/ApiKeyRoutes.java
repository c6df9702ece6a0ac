package io.parley.gateway.routes;

import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.ApiKeys.ApiKeyPatch;
import io.parley.gateway.contract.Operations;
import io.parley.kernel.Bus;

/** Provider keys. No answer contains the key itself. */
final class ApiKeyRoutes {
    private final Bus bus;

    ApiKeyRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on(
                "createApiKey",
                request -> bus.ask(
                        ApiKeys.CREATE,
                        new ApiKeys.Create(
                                request.caller(), request.newId(), request.body(ApiKeyDraft.class), request.origin())));
        operations.on(
                "listApiKeys",
                request -> bus.ask(
                        ApiKeys.LIST,
                        new ApiKeys.ListMine(request.caller(), request.query().pageRequest())));
        operations.on(
                "findApiKey",
                request -> bus.ask(ApiKeys.FIND, new ApiKeys.Find(request.caller(), request.pathId("id"))));
        operations.on(
                "updateApiKey",
                request -> bus.ask(
                        ApiKeys.UPDATE,
                        new ApiKeys.Update(
                                request.caller(),
                                request.pathId("id"),
                                request.versions(),
                                request.body(ApiKeyPatch.class),
                                request.origin())));
        operations.on(
                "deleteApiKey",
                request -> bus.ask(
                        ApiKeys.DELETE,
                        new ApiKeys.Delete(
                                request.caller(), request.pathId("id"), request.versions(), request.origin())));
    }
}
