"""Every benchmark, one after the other: `python -m bench`. Each can be run alone; its module says how."""

import subprocess
import sys
from pathlib import Path

CLIPS = Path(__file__).resolve().parents[2] / "shared" / "clips"
MEASURES = (
    ("bench.block_structure", *(str(folder) for folder in (CLIPS, Path("samples")) if folder.is_dir())),
    ("bench.anchoring",),
    ("bench.templated",),
    ("bench.import_rate",),
    ("bench.hostile",),
    ("bench.threads",),
    ("bench.pages", "10000"),
    ("bench.relevance",),
    ("bench.beside_datasette",),
    ("bench.beside_tantivy", "10000"),
    ("bench.fuzzing", "10000"),
    ("bench.unspaced", "10000"),
    ("bench.index_size",),
    ("bench.notebook",),
    ("bench.personal",),
    ("bench.paint", "10000"),
    ("bench.exports", "10000"),
    ("bench.round_trip", "2000"),
    ("bench.sending",),
    ("bench.doubles",),
)

failed = []
for measure, *arguments in MEASURES:
    print(f"\n{measure}\n{'=' * len(measure)}", flush=True)
    if subprocess.run([sys.executable, "-m", measure, *arguments]).returncode != 0:
        failed.append(measure)
if failed:
    sys.exit(f"\nA bar was missed or a measure failed: {', '.join(failed)}")
