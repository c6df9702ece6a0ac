import sys
from uuid import uuid4

from openapi_client import ApiClient, Configuration, ConversationDraft, ConversationsApi, Priority
from openapi_client import Registration, SignInApi, StatusInput, TaskDraft, TaskPatch, TasksApi
from openapi_client.exceptions import NotFoundException

url = sys.argv[1]
account = Registration(email="python@example.org", password="correct horse battery staple 9")
signed_in = SignInApi(ApiClient(Configuration(url))).register(account)
client = ApiClient(Configuration(url, access_token=signed_in.access_token))
tasks = TasksApi(client)

task = tasks.create_task(TaskDraft(title="Buy milk", priority=Priority.HIGH, due_date="2030-01-31"))
assert task.status == "pending", task
page = tasks.list_tasks(status=[StatusInput.PENDING, StatusInput.IN_PROGRESS], limit=10)
assert [item.title for item in page.items] == ["Buy milk"], page
assert page.next_cursor is None
changed = tasks.update_task(task.id, TaskPatch(status=StatusInput.COMPLETED, due_date=None))
assert changed.due_date is None and changed.completed_at, changed
conversation = ConversationsApi(client).create_conversation(ConversationDraft(metadata={"colour": "green"}))
assert conversation.metadata["colour"] == "green", conversation
try:
    tasks.find_task(uuid4())
    raise AssertionError("a task that does not exist was found")
except NotFoundException as missing:
    assert missing.data.status == 404 and missing.data.title == "Not Found", missing
