import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.ConversationsApi;
import org.openapitools.client.api.SignInApi;
import org.openapitools.client.api.TasksApi;
import org.openapitools.client.model.ConversationDraft;
import org.openapitools.client.model.Priority;
import org.openapitools.client.model.Problem;
import org.openapitools.client.model.Registration;
import org.openapitools.client.model.StatusInput;
import org.openapitools.client.model.Task;
import org.openapitools.client.model.TaskDraft;
import org.openapitools.client.model.TaskPatch;

final class Java {
    public static void main(String[] args) throws Exception {
        var client = new ApiClient();
        client.updateBaseUri(args[0]);
        var account = new Registration().email("java@example.org").password("correct horse battery staple 9");
        var token = new SignInApi(client).register(account).getAccessToken();
        client.setRequestInterceptor(request -> request.setHeader("Authorization", "Bearer " + token));
        var tasks = new TasksApi(client);

        var draft = new TaskDraft().title("Buy milk").priority(Priority.HIGH).dueDate("2030-01-31");
        var task = tasks.createTask(draft, null);
        expect(task.getStatus() == Task.StatusEnum.PENDING, task);
        var page = tasks.listTasks(
                List.of(StatusInput.PENDING, StatusInput.IN_PROGRESS),
                null, null, null, null, null, null, null, null, null, 10, null, null, null);
        expect(page.getItems().size() == 1 && page.getItems().get(0).getTitle().equals("Buy milk"), page);
        expect(page.getNextCursor() == null, page);
        var patch = new TaskPatch().status(StatusInput.COMPLETED).dueDate(null);
        var changed = tasks.updateTask(task.getId(), patch, null);
        expect(changed.getDueDate() == null && changed.getCompletedAt() != null, changed);
        var conversation = new ConversationsApi(client)
                .createConversation(new ConversationDraft().metadata(Map.of("colour", "green")), null);
        expect(conversation.getMetadata().get("colour").equals("green"), conversation);
        try {
            tasks.findTask(UUID.randomUUID(), null, null);
            throw new AssertionError("a task that does not exist was found");
        } catch (ApiException missing) {
            var problem = ApiClient.createDefaultObjectMapper().readValue(missing.getResponseBody(), Problem.class);
            expect(problem.getStatus() == 404, problem);
        }
    }

    private static void expect(boolean holds, Object value) {
        if (!holds) throw new AssertionError("unexpected: " + value);
    }
}
