package main

import (
	"context"
	"errors"
	"log"
	"os"

	"github.com/google/uuid"

	parley "example.org/client/generated"
)

func main() {
	configuration := parley.NewConfiguration()
	configuration.Servers = parley.ServerConfigurations{{URL: os.Args[1]}}
	client := parley.NewAPIClient(configuration)
	signedIn, _, err := client.SignInAPI.Register(context.Background()).
		Registration(*parley.NewRegistration("go@example.org", "correct horse battery staple 9")).Execute()
	check(err)
	ctx := context.WithValue(context.Background(), parley.ContextAccessToken, signedIn.AccessToken)

	draft := parley.NewTaskDraft("Buy milk")
	draft.SetPriority(parley.HIGH)
	draft.SetDueDate("2030-01-31")
	task, _, err := client.TasksAPI.CreateTask(ctx).TaskDraft(*draft).Execute()
	check(err)
	expect(task.Status == "pending", task)
	page, _, err := client.TasksAPI.ListTasks(ctx).Status([]parley.StatusInput{parley.PENDING, parley.IN_PROGRESS}).Limit(10).Execute()
	check(err)
	expect(len(page.Items) == 1 && page.Items[0].Title == "Buy milk" && page.NextCursor.Get() == nil, page)
	patch := parley.NewTaskPatch()
	patch.SetStatus(parley.COMPLETED)
	patch.SetDueDateNil()
	changed, _, err := client.TasksAPI.UpdateTask(ctx, task.Id).TaskPatch(*patch).Execute()
	check(err)
	expect(changed.DueDate.Get() == nil && changed.CompletedAt.Get() != nil, changed)
	described := parley.NewConversationDraft()
	described.SetMetadata(map[string]interface{}{"colour": "green"})
	conversation, _, err := client.ConversationsAPI.CreateConversation(ctx).ConversationDraft(*described).Execute()
	check(err)
	expect(conversation.Metadata["colour"] == "green", conversation)
	_, _, err = client.TasksAPI.FindTask(ctx, uuid.NewString()).Execute()
	var failure *parley.GenericOpenAPIError
	expect(errors.As(err, &failure), err)
	problem, ok := failure.Model().(parley.Problem)
	expect(ok && problem.Status == 404, failure)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func expect(holds bool, value any) {
	if !holds {
		log.Fatalf("unexpected: %+v", value)
	}
}
