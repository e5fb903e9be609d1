"""The records of imports, one module per model."""

from archive.importing.models.import_problem import ImportProblem, Severity
from archive.importing.models.import_run import ImportRun
from archive.importing.models.imported_article import ImportedArticle
from archive.importing.models.program_record import ProgramRecord
from archive.importing.models.remote_picture import RemotePicture
from archive.importing.models.source_file import SourceFile

__all__ = ["ImportProblem", "ImportRun", "ImportedArticle", "ProgramRecord", "RemotePicture", "Severity", "SourceFile"]
