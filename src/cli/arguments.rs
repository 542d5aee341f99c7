//! The arguments: names, help and refusals in Chinese.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::{Request, Words};
use crate::{manual, store, text};

/// The version; builds for others add the commit.
const VERSION: &str = match option_env!("JIXIAO_VERSION") {
    Some(version) => version,
    None => env!("CARGO_PKG_VERSION"),
};

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";

#[derive(Debug, Parser)]
#[command(
    name = "jixiao",
    version = VERSION,
    about = "绩效：部门（单位）整体支出绩效目标表的填表程序，不联网",
    after_help = "\n不带命令时打开编辑器：jixiao 表.toml；什么都不写，从开始页选。\n退出码：0 正常，1 有错误级的问题，2 没有执行。",
    help_template = TEMPLATE,
    override_usage = "jixiao [文件]\n      jixiao <命令> …",
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_help_heading = "命令"
)]
struct Arguments {
    /// 要打开的表
    #[arg(value_name = "文件")]
    file: Option<PathBuf>,
    /// ≥ “ … 这类字符占几格；不给就问终端
    #[arg(long, value_name = "格数", value_parser = ["auto", "1", "2"])]
    ambiguous_width: Option<String>,
    /// 表特别大：不限指标条数和文件大小
    #[arg(long)]
    large: bool,
    #[command(subcommand)]
    task: Option<Task>,
    /// 显示帮助
    #[arg(short = 'h', long, action = clap::ArgAction::Help, global = true)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// A task of the command line.
#[derive(Debug, Clone, Subcommand)]
pub enum Task {
    /// 新建一张表，可以照去年的表建
    New(New),
    /// 检查，列出会被退回的问题
    Check(Check),
    /// 汇总：许多单位的表合成一份，每条指标一行，每个单位一行
    Collect(Collect),
    /// 从 Word、Excel、网页、文本导入，成为一张表
    Import(Import),
    /// 导出：Word、网页、文本、表格
    Export(Export),
    /// 算分：各类分值，自评得分
    Score(One),
    /// 看一句评分标准读懂了什么
    Rule(Sentence),
    /// 比较两张表
    Diff(Two),
    /// 说明一种问题为什么是问题、怎么改
    Explain(Explain),
    /// 把表改成规范写法保存：内容不变，注释移到末尾
    Fmt(Fmt),
    /// 生成命令行补全脚本
    Completions(Completions),
    /// Reads a file of another program, for the process that asked for it.
    #[command(name = store::apart::ARGUMENT, hide = true)]
    ReadApart,
    /// 手册：键盘、评分标准的写法、权重、导入导出、恢复、命令行
    Help(Help),
    /// 生成手册页（man）
    #[command(hide = true)]
    Man,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 给人看
    Text,
    /// 给程序读
    Json,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// 给人看
    Text,
    /// 给程序读
    Json,
    /// 静态检查结果交换格式 2.1.0
    Sarif,
}

/// What else counts as an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// 警告也算错误
    Warnings,
}

/// Arguments of `new`.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct New {
    /// 新表的文件名，不能已经有
    #[arg(value_name = "文件")]
    pub file: PathBuf,
    /// 年度，四位数字
    #[arg(long, value_name = "年")]
    pub year: String,
    /// 单位全称；照去年的表或设置里有时可以不写
    #[arg(long, value_name = "单位")]
    pub agency: Option<String>,
    /// 照去年的表（toml、docx、xlsx 都行）：结构留下，年份顺延，实际值清空
    #[arg(long, value_name = "去年的表")]
    pub from: Option<PathBuf>,
    /// 分值权重的代号，例如 2021-with-cost
    #[arg(long, value_name = "权重", conflicts_with = "from")]
    pub profile: Option<String>,
}

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct Check {
    /// 要检查的表，可以有好几张；给文件夹就检查里面所有的 .toml
    #[arg(value_name = "文件", required = true)]
    pub files: Vec<PathBuf>,
    /// 结果的写法
    #[arg(long, value_name = "写法", default_value = "text", hide_default_value = true)]
    pub format: CheckFormat,
    /// 警告也算错误
    #[arg(long, value_name = "什么")]
    pub deny: Option<Deny>,
}

/// Arguments of `collect`.
#[derive(Debug, Clone, Args)]
#[command(
    help_template = TEMPLATE,
    after_help = "写 .xlsx 得一张表格：汇总、单位（要看的在前）、指标三页；写 .html 得一页带图的网页。\n\
                  写 .csv 得两个文件：每条指标一行的，和旁边每个单位一行的（文件名加“-单位”）。\n\
                  写 .jsonl 每个单位一行，指标在里面。\n\
                  退出码：0 全部汇总，1 有读不出的表（其余照样汇总），2 没有执行。"
)]
pub struct Collect {
    /// 文件夹或表；写 - 就从输入里一行一个地读文件名
    #[arg(value_name = "来源", required = true)]
    pub sources: Vec<PathBuf>,
    /// 写到这个文件；格式看扩展名：xlsx html csv jsonl
    #[arg(short, long, value_name = "文件")]
    pub output: PathBuf,
    /// 已经有的文件也覆盖
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `import`.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct Import {
    /// 来源
    #[arg(value_name = "来源")]
    pub source: PathBuf,
    /// 写到这个文件；不给就写到屏幕
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 已经有的文件也覆盖
    #[arg(long, requires = "output")]
    pub force: bool,
    /// 结果的写法
    #[arg(long, value_name = "写法", default_value = "text", hide_default_value = true)]
    pub format: Format,
}

/// Arguments of `export`.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct Export {
    /// 表
    #[arg(value_name = "文件")]
    pub file: PathBuf,
    /// 写到这个文件；格式看扩展名：docx xlsx html txt csv jsonl
    #[arg(short, long, value_name = "文件")]
    pub output: PathBuf,
    /// 导出自评表
    #[arg(long)]
    pub self_evaluation: bool,
    /// 导出填写表：一张 Excel 表，没有本程序的人也能填，填好再导入
    #[arg(long, conflicts_with = "self_evaluation")]
    pub fill_in: bool,
    /// 已经有的文件也覆盖
    #[arg(long)]
    pub force: bool,
}

/// Arguments of a task on one form.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct One {
    /// 表
    #[arg(value_name = "文件")]
    pub file: PathBuf,
    /// 结果的写法
    #[arg(long, value_name = "写法", default_value = "text", hide_default_value = true)]
    pub format: Format,
}

/// Arguments of `rule`.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct Sentence {
    /// 评分标准的句子；写 - 就从输入里一行一句地读
    #[arg(value_name = "句子", allow_hyphen_values = true)]
    pub text: String,
    /// 结果的写法
    #[arg(long, value_name = "写法", default_value = "text", hide_default_value = true)]
    pub format: Format,
}

/// Arguments of `diff`.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct Two {
    /// 原来的表
    #[arg(value_name = "旧表")]
    pub old: PathBuf,
    /// 现在的表
    #[arg(value_name = "新表")]
    pub new: PathBuf,
    /// 结果的写法
    #[arg(long, value_name = "写法", default_value = "text", hide_default_value = true)]
    pub format: Format,
}

/// Arguments of `explain`.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct Explain {
    /// 问题代码；不给就列出全部
    #[arg(value_name = "代码")]
    pub code: Option<String>,
}

/// Arguments of `fmt`.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct Fmt {
    /// 表
    #[arg(value_name = "文件")]
    pub file: PathBuf,
    /// 只看要不要改，不保存；要改时退出码是 1
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `completions`.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct Completions {
    /// 命令行程序
    #[arg(value_name = "程序")]
    pub shell: clap_complete::Shell,
}

/// Arguments of `help`.
#[derive(Debug, Clone, Args)]
#[command(help_template = TEMPLATE)]
pub struct Help {
    /// 题目或命令；不给就列出全部题目
    #[arg(value_name = "题目")]
    pub topic: Option<String>,
}

/// What the library writes into help texts by itself.
const CHINESE: &[(&str, &str)] = &[
    ("[OPTIONS]", "[选项]"),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("Possible values:", "可选："),
    ("[possible values: ", "[可选："),
    ("命令:", "命令："),
];

pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, Words> {
    let arguments = Arguments::try_parse_from(arguments).map_err(|error| words(&error))?;
    let asks_for_keys = |help: &Help| {
        let topic = help.topic.as_deref().map(str::trim).unwrap_or_default();
        topic == manual::KEYS.0 || topic.eq_ignore_ascii_case(manual::KEYS.1)
    };
    Ok(match arguments.task {
        Some(Task::Help(help)) if asks_for_keys(&help) => Request::Keys,
        Some(task) => Request::Run(task),
        None => Request::Edit {
            file: arguments.file,
            ambiguous_width: arguments.ambiguous_width,
            large: arguments.large,
        },
    })
}

/// All commands as the library knows them.
pub(super) fn command() -> clap::Command {
    Arguments::command()
}

/// The help of a command, or none where there is no such command.
pub(super) fn help_of(command: &str) -> Option<String> {
    Arguments::command().find_subcommand(command)?;
    let error = Arguments::try_parse_from(["jixiao", command, "--help"]).err()?;
    Some(words(&error)).filter(|words| words.code == 0).map(|words| words.text)
}

fn words(error: &clap::Error) -> Words {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let shown = error.render().to_string();
            let text = CHINESE.iter().fold(shown, |text, (english, chinese)| text.replace(english, chinese));
            Words { text, code: 0 }
        }
        _ => Words { text: format!("{}\n看用法：jixiao --help\n", refusal(error)), code: 2 },
    }
}

/// What is wrong with the arguments.
fn refusal(error: &clap::Error) -> String {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text::visible(text).into_owned(),
        Some(ContextValue::Strings(texts)) => {
            texts.iter().map(|text| text::visible(text)).collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的参数“{argument}”。"),
        ErrorKind::InvalidSubcommand => {
            format!("不认识的命令“{}”。", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}。"),
        ErrorKind::InvalidValue if value.is_empty() => format!("参数 {argument} 缺少内容。"),
        ErrorKind::InvalidValue => {
            format!("参数 {argument} 不能是“{value}”，可选：{}。", context(ContextKind::ValidValue))
        }
        ErrorKind::ArgumentConflict if argument.is_empty() => "要打开的表和命令不能一起用。".into(),
        ErrorKind::ArgumentConflict => format!("参数 {argument} 和别的参数不能一起用。"),
        ErrorKind::InvalidUtf8 => "参数里有读不出的字符。".into(),
        _ => format!("参数不对：{argument}{value}。"),
    }
}
