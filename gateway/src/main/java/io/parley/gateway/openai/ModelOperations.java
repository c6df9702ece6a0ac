package io.parley.gateway.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Model;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Objects;

/** The models that the caller can use. */
final class ModelOperations {
    private final Bus bus;

    ModelOperations(Bus bus) {
        this.bus = bus;
    }

    void mount(OperationTable operations) {
        operations.on(
                HttpMethod.GET,
                "models",
                List.of(),
                exchange -> models(exchange.caller()).compose(models -> exchange.answer(list(models))));
        operations.on(
                HttpMethod.GET,
                "models/**",
                List.of(),
                exchange -> find(bus, exchange.caller(), exchange.path().get(0))
                        .compose(found -> models(exchange.caller()).compose(all -> exchange.answer(json(found, all)))));
    }

    private Future<List<Model>> models(Caller caller) {
        return models(bus, caller);
    }

    private static Future<List<Model>> models(Bus bus, Caller caller) {
        return bus.ask(Chat.MODELS, new Chat.ListModels(caller)).map(Chat.Models::items);
    }

    /** The model with this id; the plain name finds the first of several. Fails model_not_found. */
    static Future<Model> find(Bus bus, Caller caller, String id) {
        return models(bus, caller)
                .map(models -> models.stream()
                        .filter(model ->
                                model.model().equals(id) || qualified(model).equals(id))
                        .findFirst()
                        .orElseThrow(OpenAiError::noSuchModel));
    }

    private static ObjectNode list(List<Model> models) {
        var list = JsonNodeFactory.instance.objectNode().put("object", "list");
        var data = list.putArray("data");
        models.forEach(model -> data.add(json(model, models)));
        return list;
    }

    private static ObjectNode json(Model model, List<Model> all) {
        boolean isUnique = all.stream()
                        .filter(other -> other.model().equals(model.model()))
                        .count()
                == 1;
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", isUnique ? model.model() : qualified(model))
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", owner(model));
    }

    private static String qualified(Model model) {
        return owner(model) + '/' + model.model();
    }

    private static String owner(Model model) {
        return Objects.requireNonNullElse(model.provider(), "parley");
    }
}
