"""The Prefect server: the chapter's own, or one that is there.

home          where Prefect's server lives in a chapter's folder
told          what a scheduler may be told, each as a type
orchestrator  all that Prefect is ever told
quiet_logs    the last net under the logs
server        prefect's own server behind our door and our net
own_server    the Prefect server that `clerk serve` and the demo bring along
"""
