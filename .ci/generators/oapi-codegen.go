package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"github.com/google/uuid"

	parley "example.org/client/generated"
)

func main() {
	ctx := context.Background()
	anonymous := must(parley.NewClientWithResponses(os.Args[1]))
	signedIn := must(anonymous.RegisterWithResponse(ctx, parley.Registration{
		Email: "oapi-codegen@example.org", Password: "correct horse battery staple 9"}))
	client := must(parley.NewClientWithResponses(os.Args[1], parley.WithRequestEditorFn(
		func(_ context.Context, request *http.Request) error {
			request.Header.Set("Authorization", "Bearer "+signedIn.JSON201.AccessToken)
			return nil
		})))

	due, high, completed, limit := "2030-01-31", parley.High, parley.StatusInputCompleted, 10
	task := must(client.CreateTaskWithResponse(ctx, nil, parley.TaskDraft{Title: "Buy milk", Priority: &high, DueDate: &due})).JSON201
	expect(task != nil && task.Status == parley.TaskStatusPending, task)
	open := []parley.StatusInput{parley.StatusInputPending, parley.StatusInputInProgress}
	page := must(client.ListTasksWithResponse(ctx, &parley.ListTasksParams{Status: &open, Limit: &limit})).JSON200
	expect(page != nil && len(page.Items) == 1 && page.Items[0].Title == "Buy milk" && page.NextCursor == nil, page)
	changed := must(client.UpdateTaskWithResponse(ctx, task.Id, nil, parley.TaskPatch{Status: &completed})).JSON200
	expect(changed != nil && changed.CompletedAt != nil, changed)
	metadata := parley.MetadataInput{"colour": "green"}
	conversation := must(client.CreateConversationWithResponse(ctx, nil, parley.ConversationDraft{Metadata: &metadata})).JSON201
	expect(conversation != nil && conversation.Metadata["colour"] == "green", conversation)
	missing := must(client.FindTaskWithResponse(ctx, uuid.New(), nil)).ApplicationproblemJSON404
	expect(missing != nil && missing.Status == 404, missing)
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
