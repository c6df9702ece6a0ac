import sys
from uuid import uuid4

from generated import AuthenticatedClient, Client
from generated.api.conversations import create_conversation
from generated.api.sign_in import register
from generated.api.tasks import create_task, find_task, list_tasks, update_task
from generated.models import ConversationDraft, MetadataInputType0, Priority, Problem, Registration, StatusInput, TaskDraft
from generated.models import TaskPatch

url = sys.argv[1]
account = Registration(email="openapi-python-client@example.org", password="correct horse battery staple 9")
signed_in = register.sync(client=Client(url), body=account)
client = AuthenticatedClient(url, signed_in.access_token)

draft = TaskDraft(title="Buy milk", priority=Priority.HIGH, due_date="2030-01-31")
task = create_task.sync(client=client, body=draft)
assert task.status == "pending", task
page = list_tasks.sync(client=client, priority=Priority.HIGH, limit=10)
assert [item.title for item in page.items] == ["Buy milk"], page
assert page.next_cursor is None
changed = update_task.sync(task.id, client=client, body=TaskPatch(status=StatusInput.COMPLETED, due_date=None))
assert changed.due_date is None and changed.completed_at, changed
metadata = MetadataInputType0.from_dict({"colour": "green"})
conversation = create_conversation.sync(client=client, body=ConversationDraft(metadata=metadata))
assert conversation.metadata["colour"] == "green", conversation
missing = find_task.sync(uuid4(), client=client)
assert isinstance(missing, Problem) and missing.status == 404 and missing.title == "Not Found", missing
