package io.parley.assistant.tools.programs;

import io.parley.assistant.tools.AddTask;
import io.parley.assistant.tools.CompleteTask;
import io.parley.assistant.tools.DeleteTask;
import io.parley.assistant.tools.ListConversations;
import io.parley.assistant.tools.ListTasks;
import io.parley.assistant.tools.ReadConversation;
import io.parley.assistant.tools.ToolContext;
import io.parley.assistant.tools.ToolDates;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.tools.UpdateTask;
import io.parley.contracts.assistant.Tools;
import io.parley.contracts.assistant.Tools.Description;
import io.parley.contracts.assistant.Tools.Descriptions;
import io.parley.contracts.assistant.Tools.Result;
import io.parley.contracts.users.TimeZones;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/** Answers for the tools that programs use. */
public final class ProgramTools {
    /** Of a result that lists something, in characters; a model of the caller's own may have more room than ours. */
    private static final int MAX_CHARACTERS = ToolRegistry.MAX_RESULT_BYTES;

    private static final int MAX_TASKS = 100;

    private final Bus bus;
    private final ToolRegistry registry;
    private final Descriptions descriptions;

    /** @param clock says what today is */
    public ProgramTools(Bus bus, Clock clock) {
        this.bus = bus;
        var dates = new ToolDates(clock);
        this.registry = new ToolRegistry(List.of(
                new ChosenId(new AddTask(bus, dates)),
                new ListTasks(bus, dates, MAX_CHARACTERS, MAX_TASKS),
                new UpdateTask(bus, dates),
                new CompleteTask(bus),
                DeleteTask.answeringTheId(bus),
                new SearchAll(bus, MAX_CHARACTERS),
                new ListConversations(bus, MAX_CHARACTERS),
                new ReadConversation(bus, MAX_CHARACTERS),
                new ChosenId(new CreateConversation(bus)),
                new ChosenId(new AddMessage(bus))));
        this.descriptions = new Descriptions(registry.descriptions().stream()
                .map(tool -> new Description(
                        tool.name(), tool.description(), tool.parameters(), registry.scope(tool.name())))
                .toList());
    }

    public Future<Descriptions> describe(Tools.Describe query) {
        return Future.succeededFuture(descriptions);
    }

    public Future<Result> run(Tools.Run command) {
        if (!registry.has(command.tool())) return Future.failedFuture(Problem.notFound("tool"));
        return bus.ask(Users.FIND, new Users.Find(command.caller()))
                .map(user -> new ToolContext(command.caller(), TimeZones.rules(user.timeZone())))
                .compose(context -> registry.attempt(
                        context, command.tool(), command.arguments().text()))
                .map(attempt -> new Result(new Json(attempt.json()), attempt.isError()));
    }
}
