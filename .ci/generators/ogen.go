package main

import (
	"context"
	"log"
	"os"

	"github.com/go-faster/jx"
	"github.com/google/uuid"

	parley "example.org/client/generated"
)

// token is what is sent for either way to sign in.
type token string

func (t token) Bearer(context.Context, parley.OperationName) (parley.Bearer, error) {
	return parley.Bearer{Token: string(t)}, nil
}

func (t token) Token(context.Context, parley.OperationName) (parley.Token, error) {
	return parley.Token{Token: string(t)}, nil
}

func main() {
	ctx := context.Background()
	anonymous := must(parley.NewClient(os.Args[1], token("")))
	signedIn := is[*parley.SignedInHeaders](must(anonymous.Register(ctx, &parley.Registration{
		Email: "ogen@example.org", Password: "correct horse battery staple 9"})))
	client := must(parley.NewClient(os.Args[1], token(signedIn.Response.AccessToken)))

	task := is[*parley.TaskHeaders](must(client.CreateTask(ctx, &parley.TaskDraft{
		Title:    "Buy milk",
		Priority: parley.NewOptPriority(parley.PriorityHigh),
		DueDate:  parley.NewOptNilOptionalDayOrTimeInput("2030-01-31"),
	}, parley.CreateTaskParams{})))
	expect(task.Response.Status == parley.TaskStatusPending, task)
	page := is[*parley.Tasks](must(client.ListTasks(ctx, parley.ListTasksParams{
		Status: []parley.StatusInput{parley.StatusInputPending, parley.StatusInputInProgress}, Limit: parley.NewOptInt(10)})))
	expect(len(page.Items) == 1 && page.Items[0].Title == "Buy milk" && page.NextCursor.Null, page)
	patch := parley.TaskPatch{Status: parley.NewOptStatusInput(parley.StatusInputCompleted)}
	patch.DueDate.SetToNull()
	changed := is[*parley.FindTaskOKHeaders](must(client.UpdateTask(
		ctx, (*parley.UpdateTaskApplicationMergePatchJSON)(&patch), parley.UpdateTaskParams{ID: task.Response.ID})))
	expect(changed.Response.DueDate.Null && !changed.Response.CompletedAt.Null, changed)
	conversation := is[*parley.ConversationHeaders](must(client.CreateConversation(ctx, &parley.ConversationDraft{
		Metadata: parley.NewOptNilMetadataInput(parley.MetadataInput{"colour": jx.Raw(`"green"`)}),
	}, parley.CreateConversationParams{})))
	expect(string(conversation.Response.Metadata["colour"]) == `"green"`, conversation)
	missing := is[*parley.FindTaskNotFound](must(client.FindTask(ctx, parley.FindTaskParams{ID: parley.ID(uuid.New())})))
	expect(missing.Status == 404, missing)
}

func is[T any](answer any) T {
	value, ok := answer.(T)
	if !ok {
		log.Fatalf("unexpected: %+v", answer)
	}
	return value
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func expect(holds bool, value any) {
	if !holds {
		log.Fatalf("unexpected: %+v", value)
	}
}
