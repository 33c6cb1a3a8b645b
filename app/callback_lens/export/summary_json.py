"""``show --json``, schema 1: everything about a payload as JSON values.

Times are ISO 8601 with offset, lengths in ms, sizes in bytes; what the payload does not say is null. Scripts depend on
this shape: beside ``blocks``, which may grow, it changes only with a new schema number.
"""

from typing import Any

from callback_lens.blocks.model import Output, View
from callback_lens.errors import UserError
from callback_lens.export.blocks_json import block_json
from callback_lens.export.transcript_json import transcript_json
from callback_lens.i18n import Words
from callback_lens.payload.document import Source
from callback_lens.payload.envelope import Family, Task, WorkflowRun
from callback_lens.payload.findings import Finding
from callback_lens.payload.jobs import Job, JobInput, Verdict
from callback_lens.payload.numbers import parse_number
from callback_lens.payload.objects import CosObject
from callback_lens.payload.times import Timestamp
from callback_lens.tags import Summary

SCHEMA = 1


def summary_json(summary: Summary, words: Words) -> dict[str, Any]:
    """One payload."""
    envelope = summary.envelope
    return {
        "schema": SCHEMA,
        "source": _source(summary.document.source),
        "family": envelope.family.value,
        "event": envelope.event,
        "request_id": envelope.request_id,
        "workflow_run": _workflow_run(envelope.workflow_run) if envelope.family is Family.WORKFLOW else None,
        "jobs": [_job(job, view, words) for job, view in zip(envelope.jobs, summary.views, strict=True)],
        "findings": [_finding(finding, words) for finding in summary.findings],
    }


def error_json(error: UserError, words: Words) -> dict[str, Any]:
    """An input that could not be read."""
    position, file = error.position, error.source
    if file is not None and error.member is not None:
        file = file.removesuffix(f"!{error.member}")
    return {
        "schema": SCHEMA,
        "source": {"file": file, "member": error.member, "index": None, "format": None, "encoding": None},
        "error": {
            "line": position.line if position else None,
            "column": position.column if position else None,
            "message": words(error.message),
            "hint": words(error.hint) if error.hint else None,
        },
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "file": source.file,
        "member": source.member,
        "index": source.index,
        "format": source.format,
        "encoding": source.encoding,
    }


def _workflow_run(run: WorkflowRun | None) -> dict[str, Any] | None:
    if run is None:
        return None
    return {
        "run_id": run.run_id,
        "workflow_id": run.workflow_id,
        "name": run.name,
        "state": run.state,
        "bucket": run.object.bucket,
        "key": run.object.key,
        "created": _iso(run.created),
        "tasks": [_task(task) for task in run.tasks],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "type": task.type,
        "name": task.name,
        "state": task.state,
        "job_id": task.job_id,
        "created": _iso(task.created),
        "started": _iso(task.started),
        "ended": _iso(task.ended),
    }


def _job(job: Job, view: View, words: Words) -> dict[str, Any]:
    workflow, template = job.workflow, job.template
    return {
        "path": job.path,
        "job_id": job.job_id,
        "tag": job.tag,
        "sub_tag": job.sub_tag,
        "state": job.state,
        "code": job.code,
        "message": job.message,
        "trigger": job.trigger,
        "created": _iso(job.created),
        "started": _iso(job.started),
        "ended": _iso(job.ended),
        "created_raw": _raw(job.created),
        "started_raw": _raw(job.started),
        "ended_raw": _raw(job.ended),
        "queue_ms": job.queue_ms,
        "run_ms": job.run_ms,
        "input": _input(job.input) if job.input else None,
        "workflow": {
            "run_id": workflow.run_id,
            "workflow_id": workflow.workflow_id,
            "workflow_name": workflow.workflow_name,
            "node": workflow.node,
        }
        if workflow
        else None,
        "template": {"id": template.id, "name": template.name} if template else None,
        "queue_id": job.queue_id,
        "user_data": job.user_data,
        "outputs": [_output(output) for output in view.outputs],
        "settings": dict(view.settings),
        "verdict": _verdict(job.verdict) if job.verdict else None,
        "transcript": transcript_json(view.transcript) if view.transcript else None,
        "blocks": [block_json(block, words) for block in view.blocks],
        "findings": [_finding(finding, words) for finding in view.findings],
    }


def _iso(time: Timestamp | None) -> str | None:
    return time.iso if time else None


def _raw(time: Timestamp | None) -> str | None:
    return time.raw if time else None


def _object(cos_object: CosObject) -> dict[str, Any]:
    return {
        "bucket": cos_object.bucket,
        "region": cos_object.region,
        "key": cos_object.key,
        "url": cos_object.url,
    }


def _input(given: JobInput) -> dict[str, Any]:
    headers = [{"key": key, "value": value} for key, value in given.headers]
    return _object(given.object) | {"url": given.url, "headers": headers}


def _output(output: Output) -> dict[str, Any]:
    return _object(output.object) | {
        "md5": output.md5,
        "role": output.role,
        "index": output.index,
        "requested": output.requested,
        "produced": output.produced,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "result": parse_number(verdict.result),
        "suggestion": parse_number(verdict.suggestion),
        "label": verdict.label,
        "sub_label": verdict.sub_label,
        "score": parse_number(verdict.score),
    }


def _finding(finding: Finding, words: Words) -> dict[str, Any]:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": words(finding.message),
        "path": finding.path,
        "expected": finding.expected,
        "found": finding.found,
    }
