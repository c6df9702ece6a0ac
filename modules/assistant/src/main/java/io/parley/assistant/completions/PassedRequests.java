package io.parley.assistant.completions;

import io.parley.assistant.models.ModelCatalogue;
import io.parley.assistant.models.ModelSelection;
import io.parley.contracts.assistant.Completions;
import io.parley.contracts.assistant.Completions.Pass;
import io.parley.contracts.assistant.Completions.Passed;
import io.parley.contracts.assistant.Completions.Taken;
import io.parley.contracts.limits.Quotas;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The requests that this node passes on to providers. */
public final class PassedRequests {
    private final Vertx vertx;
    private final Bus bus;
    private final ModelCatalogue catalogue;
    private final Map<UUID, PassedRequest> running = new HashMap<>();

    public PassedRequests(Vertx vertx, Bus bus, ModelCatalogue catalogue) {
        this.vertx = vertx;
        this.bus = bus;
        this.catalogue = catalogue;
    }

    public Future<?> answer() {
        return Future.all(bus.answer(Completions.PASS, this::pass), bus.subscribe(Completions.TAKEN, this::take));
    }

    private Future<Passed> pass(Pass command) {
        // Known before anything is asked, because the client may go meanwhile.
        var passed = new PassedRequest(vertx, bus, command);
        running.put(command.id(), passed);
        passed.ended().onComplete(ended -> running.remove(command.id()));
        return catalogue
                .choose(command.caller(), new ModelSelection(command.provider(), command.model()), List.of())
                .compose(choice -> {
                    if (choice.provider() == null)
                        throw Problem.invalid("/model", "answers only at /v1/responses: no provider is configured");
                    return bus.ask(Quotas.CHECK_MODEL, new Quotas.CheckModel(command.caller(), choice.model()))
                            .compose(
                                    enough -> passed.send(choice.languageModel().open()));
                })
                .onFailure(failure -> passed.close());
    }

    private void take(Taken notice) {
        var passed = running.get(notice.id());
        if (passed != null) passed.onTaken(notice);
    }

    public void close() {
        List.copyOf(running.values()).forEach(PassedRequest::close);
    }
}
