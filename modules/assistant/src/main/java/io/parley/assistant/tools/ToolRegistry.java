package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.models.ToolDescription;
import io.parley.json.JsonForm;
import io.parley.json.JsonSchema;
import io.parley.json.StoredForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that can be had done, for a chat or for whatever else lets a caller use tools. */
public final class ToolRegistry {
    /** Of a result, in UTF-8. */
    static final int MAX_RESULT = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(ToolRegistry.class);

    private record Offer(Tool tool, ToolDescription description, JsonSchema parameters) {}

    /** What is told instead of a result. */
    private record Failure(String error) {}

    private final Map<String, Offer> offers = new LinkedHashMap<>();

    public ToolRegistry(Bus bus) {
        this(List.of(
                new AddTask(bus),
                new ListTasks(bus),
                new UpdateTask(bus),
                new CompleteTask(bus),
                new DeleteTask(bus),
                new SearchMessages(bus)));
    }

    public ToolRegistry(List<Tool> tools) {
        for (var tool : tools) {
            var description = tool.description();
            var parameters = JsonSchema.of(description.parameters().text());
            offers.put(description.name(), new Offer(tool, description, parameters));
        }
    }

    public List<ToolDescription> descriptions() {
        return offers.values().stream().map(Offer::description).toList();
    }

    /** Never fails: why a tool could not do it is a result too, {@code {"error": …}}, for the model to go on with. */
    public Future<String> run(ToolContext asker, ToolCall call) {
        var offer = offers.get(call.name());
        if (offer == null) return Future.succeededFuture(failure("There is no such tool."));
        return Future.succeededFuture(call.arguments())
                .map(ToolRegistry::parse)
                .compose(arguments -> run(asker, offer, arguments))
                .map(ToolRegistry::bounded)
                .recover(failure -> Future.succeededFuture(failure(problem(call.name(), failure))));
    }

    // A model that has nothing to say often says nothing, where it should say {}.
    private static JsonNode parse(String arguments) {
        return StrictJson.parse(Buffer.buffer(arguments.isBlank() ? "{}" : arguments));
    }

    private static Future<String> run(ToolContext asker, Offer offer, JsonNode arguments) {
        StoredForm.check(arguments);
        offer.parameters().check(arguments);
        return offer.tool().run(asker, arguments);
    }

    private static String bounded(String result) {
        int bytes = result.getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MAX_RESULT ? result : failure("The result is too large. Ask for less, with a smaller limit.");
    }

    private static Problem problem(String tool, Throwable failure) {
        if (failure instanceof Problem problem) return problem;
        log.error("No result of {}", tool, failure);
        return Problem.internal();
    }

    private static String failure(Problem problem) {
        return failure(
                problem.kind() == Problem.Kind.INVALID
                        ? "The arguments are not valid: " + details(problem.faults()) + '.'
                        : problem.detail());
    }

    private static String details(List<Fault> faults) {
        return faults.stream().map(ToolRegistry::detail).collect(Collectors.joining("; "));
    }

    // Models know their arguments by name and not by pointer, and these are flat.
    private static String detail(Fault fault) {
        var name = fault.pointer().startsWith("/") ? fault.pointer().substring(1) : fault.pointer();
        return name.isEmpty() ? "what was sent " + fault.detail() : name + ' ' + fault.detail();
    }

    private static String failure(String error) {
        return JsonForm.write(new Failure(error)).toString();
    }
}
