"""The Flask extensions, made here without an application so that any module may import them."""

from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from scheduler.core.database import Base
from scheduler.core.session import HoldingSession

db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": HoldingSession})
migrate = Migrate()
babel = Babel()
csrf = CSRFProtect()
login_manager = LoginManager()
limiter = Limiter(get_remote_address)
