"""The operations that `bench peers` measures, as a FastAPI application with SQLModel on asyncpg."""

import os
import uuid
from datetime import datetime
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import DateTime, Field, SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

KEY = os.environ["JWT_KEY"]
# Eight connections over all workers, as many as Parley has.
ENGINE = create_async_engine(
    "postgresql+asyncpg://",  # PGHOST and the like
    pool_size=int(os.environ.get("POOL_SIZE", "4")),
    max_overflow=0,
)

LIVE = text("(SELECT true FROM live_conversations c WHERE c.id = messages.conversation_id AND c.user_id = messages.user_id)")
ADMIT = text("""
    UPDATE conversations SET updated_at = next_version(updated_at, now())
     WHERE id = :id AND user_id = :user_id AND deleted_at IS NULL
    """)


class Message(SQLModel, table=True):
    __tablename__ = "messages"

    id: uuid.UUID = Field(primary_key=True)
    conversation_id: uuid.UUID
    user_id: uuid.UUID
    parent_id: uuid.UUID | None = None
    role: str
    content: str | None = None
    token_count: int | None = None
    model: str | None = None
    tool_calls: Any | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    tool_results: Any | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    metadata_: dict[str, Any] = Field(default={}, sa_column=Column("metadata", JSONB), schema_extra={"serialization_alias": "metadata"})
    created_at: datetime = Field(sa_type=DateTime(timezone=True))
    updated_at: datetime = Field(sa_type=DateTime(timezone=True))
    deleted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Page(SQLModel):
    items: list[Message]
    next_cursor: str | None = None


class Draft(SQLModel):
    role: str
    content: str


app = FastAPI()


async def session():
    async with AsyncSession(ENGINE, expire_on_commit=False) as opened:
        yield opened


async def user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> uuid.UUID:
    try:
        claims = jwt.decode(credentials.credentials, KEY, algorithms=["HS256"], audience="parley", issuer="parley")
        return uuid.UUID(claims["sub"])
    except (jwt.InvalidTokenError, KeyError, ValueError) as invalid:
        raise HTTPException(401) from invalid


Database = Annotated[AsyncSession, Depends(session)]
User = Annotated[uuid.UUID, Depends(user)]


@app.get("/api/v1/messages/{id}")
async def find_message(id: uuid.UUID, user_id: User, database: Database) -> Message:
    found = await database.exec(
        select(Message).where(Message.id == id, Message.user_id == user_id, Message.deleted_at.is_(None), LIVE)
    )
    message = found.first()
    if message is None:
        raise HTTPException(404)
    return message


@app.get("/api/v1/conversations/{id}/messages")
async def list_messages(id: uuid.UUID, user_id: User, database: Database, limit: int = 50) -> Page:
    found = await database.exec(
        select(Message)
        .where(Message.user_id == user_id, Message.conversation_id == id, Message.deleted_at.is_(None), LIVE)
        .order_by(Message.created_at, Message.id)
        .limit(limit)
    )
    return Page(items=found.all())


@app.post("/api/v1/conversations/{id}/messages", status_code=201)
async def create_message(id: uuid.UUID, draft: Draft, user_id: User, database: Database) -> Message:
    admitted = await database.exec(ADMIT, params={"id": id, "user_id": user_id})
    if admitted.rowcount == 0:
        raise HTTPException(404)
    now = datetime.now().astimezone()
    message = Message(
        id=uuid.uuid4(), conversation_id=id, user_id=user_id, role=draft.role, content=draft.content, created_at=now, updated_at=now
    )
    database.add(message)
    await database.commit()
    return message
